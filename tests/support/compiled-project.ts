import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCompileEnv } from '../../orchestrator/cli/open-project.ts';
import { loadProject } from '../../orchestrator/config/load-project.ts';
import type { CheckedConnection } from '../../orchestrator/config/targets/target.ts';
import type { Dialect } from '../../orchestrator/dialects/dialect.ts';
import { dependenciesOf } from '../../orchestrator/graph/graph.ts';
import type { Manifest } from '../../orchestrator/manifest/manifest.ts';
import type { Node } from '../../orchestrator/manifest/node.ts';
import type { Column, Relation } from '../../orchestrator/manifest/relation.ts';
import { parseProject } from '../../orchestrator/parse/parse-project.ts';
import type { Request } from '../../orchestrator/render/requests.ts';
import { prepareSeed } from '../../orchestrator/run/load-seed.ts';
import { createCompiler } from '../../orchestrator/run/project-compiler.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A node of this repository's project as it would run. */
export interface CompiledNode {
  readonly node: Node;
  readonly relation: Relation;
  /** Empty for seeds. */
  readonly sql: string;
  /** Columns of a seed; empty for everything else. */
  readonly seedColumns: readonly Column[];
}

/** Compiles every node of this repository's project, inputs first, for a warehouse that is never asked. */
export function compileProject(dialect: Dialect, vars: Readonly<Record<string, unknown>>): readonly CompiledNode[] {
  const project = loadWithTarget(dialect, vars);
  const invocation = {
    ...{ id: 'analysis', startedAt: new Date('2025-01-31T00:00:00Z'), which: 'compile' },
    ...{ fullRefresh: false, storeFailures: false, args: {} },
  };
  const parsed = parseProject(project, { dialect, partialParse: false, invocation });
  const { manifest } = parsed;
  const compiler = createCompiler(createCompileEnv({ project, parsed, manifest }, []));
  return orderNodes(manifest).map((node) => ({
    node,
    relation: { database: node.database, schema: node.schema, identifier: node.alias },
    sql: node.resource_type === 'seed' ? '' : finish(compiler.compileNode(node, new Map()), node).sql,
    seedColumns: node.resource_type === 'seed' ? readColumns(node, dialect) : [],
  }));
}

function loadWithTarget(dialect: Dialect, vars: Readonly<Record<string, unknown>>) {
  const profilesDir = mkdtempSync(join(tmpdir(), 'strata-profiles-'));
  try {
    const output = { type: dialect.name };
    const profiles = { strata: { target: 'analysis', outputs: { analysis: output } } };
    writeFileSync(join(profilesDir, 'profiles.yml'), JSON.stringify(profiles));
    const targetReaders = new Map([[dialect.name, () => connectNowhere(dialect)]]);
    return loadProject({ projectDir: root, profilesDir, targetReaders, vars, env: {} });
  } finally {
    rmSync(profilesDir, { recursive: true });
  }
}

function connectNowhere({ name }: Dialect): CheckedConnection {
  const credentials = { type: name, schema: 'strata', threads: 1 };
  return { credentials, database: 'analytics', fields: {}, secrets: [] };
}

/** Nodes after all they read; those that are nobody's input come last. */
function orderNodes(manifest: Manifest): readonly Node[] {
  const ordered = new Set<Node>();
  const add = (node: Node | undefined): void => {
    if (node === undefined || ordered.has(node)) return;
    for (const parent of dependenciesOf(node)) add(manifest.nodes[parent]);
    ordered.add(node);
  };
  const nodes = Object.values(manifest.nodes);
  for (const node of nodes.filter(({ resource_type: type }) => type === 'seed')) add(node);
  for (const node of nodes) add(node);
  return [...ordered];
}

/** Every relation counts as absent, as on the first run. */
function finish<Result>(rendering: Generator<Request, Result, unknown>, node: Node): Result {
  let at = rendering.next();
  while (at.done !== true) {
    if (at.value.kind !== 'get-relation') throw new Error(`${node.name} asks the warehouse: ${at.value.kind}`);
    at = rendering.next(null);
  }
  return at.value;
}

function readColumns(node: Node, dialect: Dialect): readonly Column[] {
  return prepareSeed(node, readFileSync(join(root, node.original_file_path), 'utf8'), dialect).columns;
}
