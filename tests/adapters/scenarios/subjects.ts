import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Adapter } from '../../../orchestrator/adapters/adapter.ts';
import { DuckDbAdapter } from '../../../orchestrator/adapters/duckdb.ts';
import { PostgresAdapter } from '../../../orchestrator/adapters/postgres.ts';
import type { Dialect } from '../../../orchestrator/dialects/dialect.ts';
import { duckDbDialect } from '../../../orchestrator/dialects/duckdb.ts';
import { postgresDialect } from '../../../orchestrator/dialects/postgres.ts';
import { startPostgres } from '../../support/postgres.ts';

/** A warehouse that scenarios run on. */
export interface Subject {
  /** Heading of its column in docs/warehouses.md. */
  readonly title: string;
  /** What ran, with its version: the second line of the heading. */
  readonly verifiedBy: string;
  readonly dialect: Dialect;
  readonly start: () => Promise<RunningSubject>;
  /** Scenarios it cannot pass, by name, each with the reason. */
  readonly unsupported: Readonly<Record<string, string>>;
}

/** A warehouse that runs, until it is stopped. */
export interface RunningSubject {
  /** Its output in profiles.yml, without schema and threads. */
  readonly output: Readonly<Record<string, unknown>>;
  /** What relations name as their database, for reading what was built. */
  readonly open: () => Adapter;
  readonly stop: () => Promise<void>;
}

const noOverwrite = 'there are no partitions to overwrite; `delete+insert` and `merge` replace rows by key';

export const duckDb: Subject = {
  title: 'DuckDB',
  verifiedBy: 'DuckDB 1.5.6',
  dialect: duckDbDialect,
  start: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'strata-scenarios-'));
    const path = join(folder, 'shop.duckdb');
    return {
      output: { type: 'duckdb', path },
      open: () => new DuckDbAdapter({ type: 'duckdb', path }),
      stop: async () => rmSync(folder, { recursive: true, force: true }),
    };
  },
  unsupported: {
    'insert_overwrite replaces the partitions that new rows are in': noOverwrite,
    'insert_overwrite replaces the whole table': noOverwrite,
  },
};

export const postgres: Subject = {
  title: 'Postgres',
  verifiedBy: 'Postgres 18.4',
  dialect: postgresDialect,
  start: async () => {
    const { database: dbname, stop, ...server } = await startPostgres();
    return {
      output: { type: 'postgres', ...server, dbname },
      open: () => new PostgresAdapter({ type: 'postgres', ...server, dbname }),
      stop,
    };
  },
  unsupported: {
    'insert_overwrite replaces the partitions that new rows are in': noOverwrite,
    'insert_overwrite replaces the whole table': noOverwrite,
    'a seed of 3,000 columns': 'a table of Postgres has at most 1,600 columns',
    'dbt.safe_cast gives null for what cannot be cast': 'Postgres has no cast that gives null; as in dbt, it fails',
  },
};
