import { createHash, randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import { serializeManifest } from '../artifacts/manifest-json.ts';
import type { ArtifactContext } from '../artifacts/metadata.ts';
import { writeManifest } from '../artifacts/write-artifact.ts';
import type { CompileEnv } from '../compile/compile-env.ts';
import { readQueryComment } from '../compile/query-comment.ts';
import { createTemplateStore } from '../compile/template-store.ts';
import { loadProject, type Project } from '../config/load-project.ts';
import { StrataErrors } from '../errors.ts';
import { buildGraph, type Graph } from '../graph/graph.ts';
import { ManifestLookup } from '../manifest/lookup.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { checkModels } from '../materialize/check-models.ts';
import { type ParsedProject, parseProject } from '../parse/parse-project.ts';
import type { RenderMessage } from '../render/project.ts';
import { checkScoreNodes } from '../scoring/check-score-nodes.ts';
import type { CommandContext } from './command.ts';
import { readProjectOptions } from './project-options.ts';
import type { Reporter } from './reporter.ts';
import { saveArtifact } from './save-artifact.ts';
import { collectSecrets } from './secrets.ts';
import { version } from './version.ts';
import { loadDialect } from './warehouses.ts';

/** A project, read and checked: what every command that works with nodes starts from. */
export interface OpenedProject {
  readonly project: Project;
  readonly parsed: ParsedProject;
  readonly manifest: Manifest;
  readonly graph: Graph;
  /** Absolute. */
  readonly targetFolder: string;
  readonly artifact: ArtifactContext;
  /** Writes manifest.json when it changed. */
  readonly writeManifest: () => void;
}

/** The part of an opened project that compiling needs. */
export type CompilableProject = Pick<OpenedProject, 'project' | 'parsed' | 'manifest'>;

/** Reads the project the flags name, reports its warnings and writes manifest.json when it changed. */
export async function openProject(context: CommandContext, which: string): Promise<OpenedProject> {
  const opened = await readProject(context, which);
  saveManifest(opened, context);
  return opened;
}

/** Writes manifest.json when it changed, and warns where it cannot. */
export function saveManifest(opened: OpenedProject, { reporter }: CommandContext): void {
  saveArtifact(join(opened.targetFolder, 'manifest.json'), opened.writeManifest, reporter);
}

/** Reads the project; for commands that have a better moment to write manifest.json than before they begin. */
export async function readProject(context: CommandContext, which: string): Promise<OpenedProject> {
  const { flags, reporter, env, startedAt } = context;
  reporter.hideSecrets(collectSecrets(env));
  const options = readProjectOptions(context);
  const project = loadProject(options);
  reporter.hideSecrets(collectSecrets(env, project.target));
  const targetFolder = resolve(project.root.dir, project.root.targetPath);
  const invocationId = randomUUID();
  const dialect = await loadDialect(project.target.type);
  const parsed = parseProject(project, {
    dialect,
    strataVersion: version,
    partialParse: !flags.isOn('no-partial-parse'),
    invocation: {
      ...{ id: invocationId, startedAt, which },
      fullRefresh: flags.isOn('full-refresh'),
      storeFailures: flags.isOn('store-failures'),
      args: {},
    },
    onMessage: (message) => report(message, reporter),
    checkManifest: (manifest) => [...checkScoreNodes(manifest), ...checkModels(manifest, dialect)],
  });
  if (flags.isOn('warn-error') && parsed.warnings.length > 0) throw new StrataErrors(parsed.warnings);
  for (const warning of parsed.warnings) reporter.warn(warning);
  const { manifest } = parsed;
  const artifact = { invocationId, generatedAt: startedAt, strataVersion: version, env };
  const write = () =>
    writeManifest(targetFolder, describeContent(project, parsed), () => serializeManifest(manifest, artifact));
  return {
    project,
    parsed,
    manifest,
    graph: buildGraph(manifest),
    targetFolder,
    artifact,
    writeManifest: () => void write(),
  };
}

/** Names what the manifest was made from: files and settings, and the environment variables its templates read. */
function describeContent(project: Project, { contentKey }: ParsedProject): string {
  return createHash('sha256')
    .update(`${contentKey} ${JSON.stringify(project.environment.digests())}`)
    .digest('hex');
}

function report({ level, text }: RenderMessage, reporter: Reporter): void {
  if (level === 'warn') reporter.warn(text);
  else if (level === 'info') reporter.info(text, 'message');
}

/** What compiling the selected nodes needs. */
export function createCompileEnv(
  { project, parsed, manifest }: CompilableProject,
  selected: readonly string[],
): CompileEnv {
  return {
    project: parsed.render,
    manifest,
    lookup: new ManifestLookup(manifest),
    selected,
    projectFolder: project.root.dir,
    relationOverrides: new Map(),
    templates: createTemplateStore(),
    queryComment: readQueryComment(project.root.queryComment),
  };
}
