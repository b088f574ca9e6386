import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Adapter, Session } from '../../orchestrator/adapters/adapter.ts';
import { DuckDbAdapter } from '../../orchestrator/adapters/duckdb.ts';
import { PostgresAdapter } from '../../orchestrator/adapters/postgres.ts';
import type { ExistingRelation } from '../../orchestrator/manifest/relation.ts';
import type { CellValue, ResultTable } from '../../orchestrator/manifest/results.ts';
import { type BigQueryEmulator, bigQueryOutput, openBigQuery } from './bigquery-emulator.ts';
import type { TestPostgres } from './postgres.ts';
import { openSnowflake, type SnowflakeEmulator, snowflakeOutput } from './snowflake-emulator.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What a command wrote and how it ended. */
export interface CommandOutcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Variables of a project, as `--vars` takes them. */
export type Vars = Readonly<Record<string, unknown>>;

/** A warehouse of a test's own that this repository's project is built into by the command line. */
export class Warehouse {
  readonly name: 'duckdb' | 'postgres' | 'bigquery' | 'snowflake';
  readonly folder = mkdtempSync(join(tmpdir(), 'strata-warehouse-'));
  readonly #open: () => Adapter;

  private constructor(name: Warehouse['name'], output: object, open: (folder: string) => Adapter) {
    this.name = name;
    this.#open = () => open(this.folder);
    const profiles = { strata: { target: 'test', outputs: { test: { ...output, threads: 4 } } } };
    writeFileSync(join(this.folder, 'profiles.yml'), JSON.stringify(profiles));
  }

  /** A DuckDB file. */
  static duckDb(): Warehouse {
    const path = 'warehouse.duckdb';
    const warehouse = new Warehouse(
      'duckdb',
      { type: 'duckdb', path: "{{ env_var('WAREHOUSE_FOLDER') }}/warehouse.duckdb", schema: 'shop' },
      (folder) => new DuckDbAdapter({ type: 'duckdb', path: join(folder, path) }),
    );
    return warehouse;
  }

  /** A schema of a running server. */
  static postgres({ host, port, user, password, database: dbname }: TestPostgres, schema = 'shop'): Warehouse {
    const credentials = { type: 'postgres', host, port, user, password, dbname } as const;
    return new Warehouse(
      'postgres',
      { ...credentials, schema },
      () => new PostgresAdapter({ ...credentials, search_path: schema }),
    );
  }

  /** A dataset of a running emulator. */
  static bigQuery(emulator: BigQueryEmulator, dataset = 'shop'): Warehouse {
    return new Warehouse('bigquery', bigQueryOutput(emulator, dataset), () => openBigQuery(emulator, dataset));
  }

  /** A schema of a running emulator. */
  static snowflake(emulator: SnowflakeEmulator, schema = 'shop'): Warehouse {
    return new Warehouse('snowflake', snowflakeOutput(emulator, schema), () => openSnowflake(emulator, schema));
  }

  /** Runs `strata` with these words on the project of this repository, and this warehouse as its target. */
  run(...words: readonly string[]): Promise<CommandOutcome> {
    return this.runBare(...words, '--profiles-dir', this.folder, '--target-path', this.targetFolder);
  }

  /** Runs `strata` with these words and no others. */
  runBare(...words: readonly string[]): Promise<CommandOutcome> {
    const args = ['bin/strata.js', ...words];
    const env = { PATH: process.env['PATH'] ?? '', HOME: this.folder, WAREHOUSE_FOLDER: this.folder };
    const child = spawn(process.execPath, args, { cwd: root, env });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data) => {
      stdout += data;
    });
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
  }

  /** Runs `strata build` and throws what it said where a node failed. */
  async build(vars: Vars | string = {}, ...words: readonly string[]): Promise<CommandOutcome> {
    const text = typeof vars === 'string' ? vars : JSON.stringify(vars);
    const outcome = await this.run('build', '--vars', text, ...words);
    if (outcome.code !== 0) throw new Error(outcome.stderr);
    return outcome;
  }

  get targetFolder(): string {
    return join(this.folder, 'target');
  }

  /** Names of the models of the last build. */
  get models(): readonly string[] {
    const { nodes } = JSON.parse(readFileSync(join(this.targetFolder, 'manifest.json'), 'utf8')) as Manifest;
    return Object.values(nodes)
      .filter((node) => node.resource_type === 'model')
      .map((node) => node.name)
      .sort();
  }

  /** Runs a query. Tables need no schema before their names. */
  query(sql: string): Promise<ResultTable> {
    return this.#use((session) => session.query(sql));
  }

  /** Everything in these tables, by name. */
  readTables(names: readonly string[]): Promise<ReadonlyMap<string, ResultTable>> {
    return this.#use(async (session) => {
      const tables = new Map<string, ResultTable>();
      for (const name of names) tables.set(name, await session.query(`select * from shop.${name}`));
      return tables;
    });
  }

  async rows(sql: string): Promise<readonly (readonly CellValue[])[]> {
    return (await this.query(sql)).rows;
  }

  /** Tables and views of its schema. */
  list(): Promise<readonly ExistingRelation[]> {
    return this.#use((session) => session.listRelations([{ database: null, schema: 'shop' }]));
  }

  async execute(sql: string): Promise<void> {
    await this.#use((session) => session.execute(sql));
  }

  /** Connects for one piece of work: a DuckDB file belongs to one process at a time. */
  async #use<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    const adapter = this.#open();
    await adapter.connect();
    try {
      const session = await adapter.openSession();
      if (this.name === 'duckdb') await session.execute("set search_path = 'shop'");
      return await work(session);
    } finally {
      await adapter.close();
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

interface Manifest {
  readonly nodes: Readonly<Record<string, { readonly resource_type: string; readonly name: string }>>;
}

/** The variables of an example, as YAML text. */
export function readExample(name: string): string {
  return readFileSync(join(root, 'examples', name, 'vars.yml'), 'utf8');
}
