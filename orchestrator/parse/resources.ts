import type { Project } from '../config/load-project.ts';
import type { Exposure, Node } from '../manifest/node.ts';
import { NameGenerator } from '../render/generate-names.ts';
import type { RenderProject } from '../render/project.ts';
import { buildExposure } from './build-exposures.ts';
import { buildNode } from './build-node.ts';
import { makeOperations } from './build-operations.ts';
import { type BuiltSource, buildSources } from './build-sources.ts';
import type { ParseSinks } from './cache.ts';
import type { PatchedDraft } from './check-inputs.ts';
import { checkResources } from './check-resources.ts';
import { collectConfigReads } from './config-keys.ts';
import { listOf } from './config-merge.ts';
import { declareTests } from './declare-tests.ts';
import type { Draft } from './draft.ts';
import { findDuplicates } from './duplicates.ts';
import { tryExtract } from './extract.ts';
import { buildTest, type TestDeclaration } from './generic-tests.ts';
import { readHooks } from './hooks.ts';
import { linkResources, type Resources } from './link.ts';
import { makeDrafts, makeYamlSnapshots } from './make-drafts.ts';
import { ConfigTrees, type ParseContext } from './parse-context.ts';
import { type PatchEntry, Patches } from './patches.ts';
import { PlaceOf } from './places.ts';
import { attempt, type ProjectFiles } from './read-files.ts';
import { findOwnNames } from './relation-names.ts';
import { createPropertiesRenderer } from './render-properties.ts';

/** Builds and links all resources. What is wrong goes to the sinks. */
export function readResources(
  project: Project,
  render: RenderProject,
  files: ProjectFiles,
  sinks: ParseSinks,
): Resources {
  const context = createContext(project, render, files, sinks);
  const read = files.properties.map(({ file, properties }) => ({
    file,
    properties,
    render: createPropertiesRenderer(context, file),
  }));
  const patches = new Patches(read);
  const drafts = [
    ...files.nodes.flatMap((file) => attempt(sinks.errors, () => makeDrafts(file, patches)) ?? []),
    ...read.flatMap((one) => makeYamlSnapshots(one, patches)),
    ...project.packages.flatMap(makeOperations),
  ];
  const nodes = drafts.flatMap((draft) => buildFromDraft(context, draft) ?? []);
  const sources = read.flatMap((one) => one.properties.sources.flatMap((entry) => buildSources(context, one, entry)));
  const patched = patchesOf(drafts);
  const tests = declareAllTests(context, { patched, built: nodes }, sources).flatMap(
    (test) => buildTest(context, test) ?? [],
  );
  const exposures = read.flatMap((one) =>
    one.properties.exposures.map((written): Exposure => buildExposure(context, one, written)),
  );
  const unlinked = { nodes: [...nodes, ...tests], sources: sources.map(({ node }) => node), exposures };
  const places = new PlaceOf(new Map(project.packages.map((one) => [one.name, one.displayPrefix])));
  sinks.errors.push(...findDuplicates(unlinked, patches, places));
  const built = new Set(nodes.map((node) => node.unique_id));
  const broken = new Set(drafts.filter((draft) => !built.has(draft.uniqueId)).map((draft) => draft.name));
  const { name: rootPackage } = project.root;
  const linked = linkResources(unlinked, { rootPackage, broken, places, errors: sinks.errors });
  checkResources(context, linked, { patches, patched, places, files });
  return linked;
}

function createContext(project: Project, render: RenderProject, files: ProjectFiles, sinks: ParseSinks): ParseContext {
  return {
    project,
    render,
    ...sinks,
    names: new NameGenerator(render),
    hasOwnNames: findOwnNames(files.macros),
    trees: new ConfigTrees(project),
    customConfigKeys: collectConfigReads([
      ...files.macros.filter((macro) => macro.package_name !== 'dbt').map((macro) => macro.macro_sql),
      ...files.nodes.map((file) => file.text),
    ]),
    testNames: files.macros.filter((macro) => macro.name.startsWith('test_')).map((macro) => macro.name.slice(5)),
  };
}

function buildFromDraft(context: ParseContext, draft: Draft): Node | undefined {
  const extracted = tryExtract(context, draft);
  const node = extracted === undefined ? undefined : buildNode(context, draft, extracted);
  return node === undefined ? undefined : readHooks(context, draft, node);
}

function patchesOf(drafts: readonly Draft[]): readonly PatchedDraft[] {
  return drafts.flatMap((draft) => (draft.patch === undefined ? [] : [{ draft, patch: draft.patch }]));
}

function declareAllTests(
  context: ParseContext,
  { patched, built }: { readonly patched: readonly PatchedDraft[]; readonly built: readonly Node[] },
  sources: readonly BuiltSource[],
): readonly TestDeclaration[] {
  return [
    ...withoutTwins(patched, built).flatMap((node) => [...declareNodeTests(context, node)]),
    ...sources.flatMap((source) => [...declareSourceTests(context, source)]),
  ];
}

/** Of files that share a description, such as variants for several warehouses, only the one switched on has its tests. */
function withoutTwins(patched: readonly PatchedDraft[], built: readonly Node[]): readonly PatchedDraft[] {
  const disabled = new Set(built.filter((node) => !node.config.enabled).map(fileOf));
  const chosen = new Map<PatchEntry, PatchedDraft>();
  for (const one of patched) {
    const before = chosen.get(one.patch);
    if (before === undefined || disabled.has(fileOf(before.draft))) chosen.set(one.patch, one);
  }
  return patched.filter((one) => chosen.get(one.patch) === one);
}

function fileOf(file: Pick<Node, 'package_name' | 'original_file_path'> | Draft): string {
  return 'originalPath' in file
    ? `${file.packageName}:${file.originalPath}`
    : `${file.package_name}:${file.original_file_path}`;
}

function declareNodeTests(context: ParseContext, { draft, patch }: PatchedDraft): Iterable<TestDeclaration> {
  const { yaml, entry, file, render } = patch;
  const call = draft.version === null ? `ref('${draft.name}')` : `ref('${draft.name}', version='${draft.version}')`;
  const label = draft.version === null ? draft.name : `${draft.name}_v${draft.version}`;
  return declareTests(context, yaml, entry.testLines, {
    target: { call, label, isSource: false },
    file,
    render,
    tags: [],
    attachedNode: draft.uniqueId,
    fileKeyName: `${entry.yamlKey}.${draft.name}`,
  });
}

function declareSourceTests(context: ParseContext, built: BuiltSource): Iterable<TestDeclaration> {
  const { read, source, table, entry } = built;
  return declareTests(context, table, entry.testLines, {
    target: {
      call: `source('${source.name}', '${table.name}')`,
      label: `${source.name}_${table.name}`,
      isSource: true,
    },
    file: read.file,
    render: read.render,
    tags: [...listOf(source.tags), ...listOf(table.tags)].map(String),
    attachedNode: null,
    fileKeyName: `sources.${source.name}`,
  });
}
