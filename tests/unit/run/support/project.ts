import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Adapter } from '../../../../orchestrator/adapters/adapter.ts';
import { DuckDbAdapter } from '../../../../orchestrator/adapters/duckdb.ts';
import { fromValue, toText } from '../../../../orchestrator/jinja/values.ts';
import { blankConfig, blankNode } from '../../../../orchestrator/manifest/blank-node.ts';
import type { Manifest } from '../../../../orchestrator/manifest/manifest.ts';
import type { Hook, Node, NodeConfig } from '../../../../orchestrator/manifest/node.ts';
import type { Relation } from '../../../../orchestrator/manifest/relation.ts';
import type { CellValue, NodeResult, RunResults } from '../../../../orchestrator/manifest/results.ts';
import { RecordValue } from '../../../../orchestrator/render/values/record-value.ts';
import type { NodeCompiler } from '../../../../orchestrator/run/compiler.ts';
import type { RunEvent } from '../../../../orchestrator/run/events.ts';
import { runNodes } from '../../../../orchestrator/run/run-nodes.ts';
import type { RunOptions } from '../../../../orchestrator/run/run-options.ts';

/** A node as a test writes it: `{name}` in its SQL stands for the relation of another node. */
export interface NodeSpec {
  readonly name: string;
  readonly type?: 'model' | 'seed' | 'test' | 'operation';
  readonly tags?: readonly string[];
  readonly sql?: string;
  readonly reads?: readonly string[];
  readonly config?: Readonly<Record<string, unknown>>;
  readonly columns?: Node['columns'];
  readonly constraints?: Node['constraints'];
  readonly description?: string;
  /** A seed's file. */
  readonly csv?: string;
}

/** Where a test's nodes are published. */
export interface Place {
  readonly database: string;
  readonly schema: string;
}

const packageName = 'shop';

/** The unique id a spec's node has. */
export function idOf(spec: Pick<NodeSpec, 'name' | 'type'>): string {
  return `${spec.type ?? 'model'}.${packageName}.${spec.name}`;
}

/** A hook inside the node's transaction. */
export function hook(sql: string, transaction = true): Hook {
  return { sql, transaction, index: null };
}

/** A whole node from a spec. */
export function makeNode(spec: NodeSpec, place: Place, all: readonly NodeSpec[] = []): Node {
  const type = spec.type ?? 'model';
  const materialized = type === 'model' ? 'table' : type;
  const config: NodeConfig = { ...blankConfig, materialized, ...spec.config };
  const folder = type === 'test' ? 'tests' : `${type}s`;
  const file = `${spec.name}.${type === 'seed' ? 'csv' : 'sql'}`;
  return blankNode({
    resource_type: type,
    unique_id: idOf(spec),
    name: spec.name,
    package_name: packageName,
    path: file,
    original_file_path: `${folder}/${file}`,
    fqn: [packageName, spec.name],
    database: place.database,
    schema: type === 'test' ? `${place.schema}_dbt_test__audit` : place.schema,
    relation_name: type === 'test' ? null : `"${place.database}"."${place.schema}"."${spec.name}"`,
    config,
    description: spec.description ?? '',
    columns: spec.columns ?? {},
    tags: spec.tags ?? [],
    raw_code: spec.sql ?? '',
    depends_on: { nodes: (spec.reads ?? []).map((name) => idOf(findSpec(all, name))), macros: [] },
    constraints: spec.constraints ?? [],
    contract: { enforced: config['contract'] === true },
  });
}

function findSpec(all: readonly NodeSpec[], name: string): NodeSpec {
  return all.find((spec) => spec.name === name) ?? { name };
}

/** A manifest of these nodes. */
export function makeManifest(specs: readonly NodeSpec[], place: Place): Manifest {
  const nodes = specs.map((spec) => makeNode(spec, place, specs));
  return {
    project_name: packageName,
    adapter_type: 'duckdb',
    nodes: Object.fromEntries(nodes.map((node) => [node.unique_id, node])),
    sources: {},
    exposures: {},
    macros: {},
    docs: {},
    disabled: {},
  };
}

/** A project of plain SQL on a real warehouse, run again and again. */
export class TestProject {
  readonly adapter: Adapter;
  readonly place: Place;
  readonly folder = mkdtempSync(join(tmpdir(), 'strata-run-'));
  readonly events: RunEvent[] = [];
  #runs = 0;

  constructor(adapter: Adapter, place: Place) {
    this.adapter = adapter;
    this.place = place;
  }

  async run(
    specs: readonly NodeSpec[],
    options: Partial<Omit<RunOptions, 'manifest' | 'adapter'>> = {},
  ): Promise<RunResults> {
    const manifest = makeManifest(specs, this.place);
    for (const { name, csv } of specs) if (csv !== undefined) writeFileSync(join(this.folder, `${name}.csv`), csv);
    this.events.length = 0;
    this.#runs += 1;
    return runNodes({
      manifest,
      selection: new Set(Object.keys(manifest.nodes)),
      command: 'build',
      adapter: this.adapter,
      openFileReader: async () => new DuckDbAdapter({ type: 'duckdb', path: ':memory:' }),
      compiler: this.#compiler(manifest),
      threads: 4,
      fullRefresh: false,
      failFast: false,
      storeFailures: false,
      signal: new AbortController().signal,
      onEvent: (event) => this.events.push(event),
      invocation: { id: `${String(this.#runs).padStart(8, '0')}-0000-0000-0000-000000000000`, startedAt: new Date() },
      targetFolder: join(this.folder, 'target'),
      seedPath: (node) => join(this.folder, `${node.name}.csv`),
      args: {},
      ...options,
    });
  }

  async query(sql: string): Promise<readonly (readonly CellValue[])[]> {
    const session = await this.adapter.openSession();
    try {
      return (await session.query(sql)).rows;
    } finally {
      await session.close();
    }
  }

  async execute(sql: string): Promise<void> {
    const session = await this.adapter.openSession();
    try {
      await session.execute(sql);
    } finally {
      await session.close();
    }
  }

  /** Rows of one of the project's relations, in order of the first column. */
  rows(name: string): Promise<readonly (readonly CellValue[])[]> {
    return this.query(`select * from ${this.render({ ...this.place, identifier: name })} order by 1`);
  }

  /** `name:type` of everything in the schema. */
  async relations(): Promise<readonly string[]> {
    const session = await this.adapter.openSession();
    try {
      const found = await session.listRelations([this.place]);
      return found.map(({ identifier, type }) => `${identifier}:${type}`).sort();
    } finally {
      await session.close();
    }
  }

  render(relation: Relation): string {
    return this.adapter.dialect.renderRelation(relation);
  }

  async close(): Promise<void> {
    await this.adapter.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Puts relations into `{name}`; what compiling real templates needs is tested in compile/. */
  #compiler(manifest: Manifest): NodeCompiler {
    const byName = new Map(Object.values(manifest.nodes).map((node) => [node.name, node]));
    const fill = (sql: string, node: Node, overrides: ReadonlyMap<string, Relation>): string =>
      sql.replace(/\{(\w+)\}/g, (_, name: string) => {
        const found = name === 'this' ? node : byName.get(name);
        if (found === undefined) throw new Error(`no node ${name}`);
        if (found.config.materialized === 'ephemeral') return `(${fill(found.raw_code, found, overrides)})`;
        const own = { database: found.database, schema: found.schema, identifier: found.alias };
        return this.render(overrides.get(found.unique_id) ?? own);
      });
    return {
      // biome-ignore lint/correctness/useYield: nothing is asked of the warehouse
      *compileNode(node, overrides) {
        return { sql: fill(node.raw_code, node, overrides) };
      },
      *compileHook(node, template, extra = {}) {
        const told = JSON.stringify(extra, plainRecord).replaceAll("'", "''");
        return fill(template, node, new Map()).replace('[extra]', () => told);
      },
      fileExpression: (source, dialect) => {
        const location = source.meta['external_location'];
        return typeof location === 'string' ? dialect.readFile(location) : null;
      },
      readFrom: () => undefined,
      queryComment: () => null,
      resolveAsOf: null,
      asOf: '2024-03-01',
      targetSchema: this.place,
    };
  }
}

/** `name: status` of each result, in the project's order of names. */
export function statuses(results: RunResults): readonly string[] {
  return results.results.map((result) => `${shortName(result)}: ${result.status}`).sort();
}

/** One node's result. */
export function resultOf(results: RunResults, name: string): NodeResult {
  const found = results.results.find((result) => shortName(result) === name);
  if (found === undefined) throw new Error(`no result of ${name}`);
  return found;
}

function shortName({ uniqueId }: NodeResult): string {
  return uniqueId.split('.').slice(2).join('.');
}

/** What a template reads of a record, for JSON. */
function plainRecord(_: string, value: unknown): unknown {
  if (!(value instanceof RecordValue)) return value;
  return Object.fromEntries(Array.from(value.iterate(), (key) => [toText(key), fromValue(value.getItem(key))]));
}
