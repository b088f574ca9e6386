import { readdirSync, readFileSync } from 'node:fs';
import { operationNode } from '../../orchestrator/compile/call-macro.ts';
import type { CompileEnv } from '../../orchestrator/compile/compile-env.ts';
import { compileText } from '../../orchestrator/compile/compile-node.ts';
import { createTemplateStore } from '../../orchestrator/compile/template-store.ts';
import type { Dialect } from '../../orchestrator/dialects/dialect.ts';
import { duckDbDialect } from '../../orchestrator/dialects/duckdb.ts';
import { parseTemplate } from '../../orchestrator/jinja/template.ts';
import { blankConfig, blankNode } from '../../orchestrator/manifest/blank-node.ts';
import { ManifestLookup } from '../../orchestrator/manifest/lookup.ts';
import type { Manifest } from '../../orchestrator/manifest/manifest.ts';
import type { MacroInfo, Node } from '../../orchestrator/manifest/node.ts';
import { builtinFolder, builtinPackage } from '../../orchestrator/render/builtin-folder.ts';
import { type DispatchRule, dbtBlocks, MacroRegistry } from '../../orchestrator/render/macro-registry.ts';
import type { RenderMessage, RenderProject } from '../../orchestrator/render/project.ts';
import type { Request } from '../../orchestrator/render/requests.ts';

export interface RenderFixture {
  readonly dialect?: Dialect;
  /** Macro files by package name. */
  readonly macros?: Readonly<Record<string, string>>;
  readonly dispatch?: readonly DispatchRule[];
  /** `vars:` by package name. */
  readonly vars?: Readonly<Record<string, Record<string, never> | Record<string, unknown>>>;
  readonly overrideVars?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly nodes?: readonly Node[];
}

export interface RenderBench {
  readonly env: CompileEnv;
  readonly messages: readonly RenderMessage[];
  /** Renders text in the context of the root project; `answer` stands for the warehouse. */
  render(source: string, answer?: (request: Request) => unknown): string;
}

/** The macros of a source text, as parsing lists them. */
function macrosOf(source: string, packageName: string, file: string): MacroInfo[] {
  return parseTemplate(source, { file, blocks: dbtBlocks }).blocks.map((block) => {
    const name = block.kind === 'macro' ? block.name : `test_${block.name}`;
    return {
      unique_id: `macro.${packageName}.${name}`,
      resource_type: 'macro',
      name,
      package_name: packageName,
      path: file,
      original_file_path: file,
      macro_sql: block.source,
      line: block.line,
      depends_on: { macros: [] },
      description: '',
      meta: {},
      arguments: [],
      patch_path: null,
    };
  });
}

function builtinMacros(): MacroInfo[] {
  return readdirSync(builtinFolder)
    .sort()
    .flatMap((file) => macrosOf(readFileSync(new URL(file, builtinFolder), 'utf8'), builtinPackage, `builtin/${file}`));
}

/** A project to render in, without files: package `shop` is the root. */
export function createRenderBench(fixture: RenderFixture = {}): RenderBench {
  const dialect = fixture.dialect ?? duckDbDialect;
  const messages: RenderMessage[] = [];
  const own = Object.entries(fixture.macros ?? {}).flatMap(([name, source]) => macrosOf(source, name, `${name}.sql`));
  const packages = new Map(
    ['shop', ...Object.keys(fixture.macros ?? {}), ...Object.keys(fixture.vars ?? {})].map((name) => [
      name,
      { name, vars: (fixture.vars?.[name] ?? {}) as Record<string, never> },
    ]),
  );
  const project: RenderProject = {
    rootPackage: 'shop',
    packages,
    registry: new MacroRegistry([...builtinMacros(), ...own], {
      rootPackage: 'shop',
      adapterType: dialect.name,
      dispatch: fixture.dispatch ?? [],
    }),
    dialect,
    target: { name: 'dev', type: dialect.name, profile_name: 'shop', database: 'db', schema: 'main', threads: 4 },
    overrideVars: (fixture.overrideVars ?? {}) as Record<string, never>,
    quoting: { database: true, schema: true, identifier: true },
    invocation: {
      id: '00000000-0000-4000-8000-000000000000',
      startedAt: new Date('2026-01-02T03:04:05Z'),
      which: 'build',
      fullRefresh: false,
      storeFailures: false,
      args: {},
    },
    readEnv: (name) => fixture.env?.[name],
    docs: new Map([['shop.orders', 'One row per order.']]),
    onMessage: (message) => messages.push(message),
  };
  const nodes = Object.fromEntries((fixture.nodes ?? []).map((node) => [node.unique_id, node]));
  const manifest: Manifest = {
    project_name: 'shop',
    adapter_type: dialect.name,
    nodes,
    sources: {},
    exposures: {},
    macros: {},
    docs: {},
    disabled: {},
  };
  const env: CompileEnv = {
    project,
    manifest,
    lookup: new ManifestLookup(manifest),
    selected: [],
    projectFolder: '/project',
    relationOverrides: new Map(),
    templates: createTemplateStore(),
    queryComment: null,
  };
  const render = (source: string, answer: (request: Request) => unknown = refuse) =>
    drive(compileText(source, operationNode('text', source, env), env), answer);
  return { env, messages, render };
}

/** Runs a generator of requests to its end, answering each. */
export function drive<Result>(
  generator: Generator<Request, Result, unknown>,
  answer: (request: Request) => unknown,
): Result {
  let step = generator.next();
  while (step.done !== true) step = generator.next(answer(step.value));
  return step.value;
}

function refuse(request: Request): never {
  throw new Error(`Nobody answers "${request.kind}" in this test.`);
}

/** A model of the root project. */
export function modelNode(name: string, rawCode: string, config: Readonly<Record<string, unknown>> = {}): Node {
  return blankNode({
    resource_type: 'model',
    unique_id: `model.shop.${name}`,
    name,
    package_name: 'shop',
    path: `${name}.sql`,
    original_file_path: `models/${name}.sql`,
    fqn: ['shop', name],
    database: 'db',
    schema: 'main',
    relation_name: `"db"."main"."${name}"`,
    config: { ...blankConfig, materialized: 'table', ...config },
    raw_code: rawCode,
  });
}
