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

/** A warehouse under test: how to start it, and the few texts in which warehouses may differ. */
export interface Subject {
  readonly dialect: Dialect;
  readonly start: () => Promise<RunningSubject>;
  readonly slowQuery: string;
  readonly missingTable: RegExp;
  /** Statement that makes the open transaction read one state of the data; empty where every transaction does. */
  readonly isolate: string;
  /** Themes this warehouse cannot pass, each with the reason. */
  readonly exempt: Readonly<Record<string, string>>;
}

/** A warehouse that runs: as many adapters as wanted, until it is stopped. */
export interface RunningSubject {
  readonly open: () => Adapter;
  readonly stop: () => Promise<void>;
}

/** Every warehouse there is an adapter for. */
export const subjects: readonly Subject[] = [
  {
    dialect: duckDbDialect,
    start: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'strata-conformance-'));
      return {
        open: () => new DuckDbAdapter({ type: 'duckdb', path: join(folder, 'shop.duckdb') }),
        stop: async () => rmSync(folder, { recursive: true, force: true }),
      };
    },
    slowQuery: 'select count(*) from range(100000) as a, range(10000000) as b where (a.range * b.range) % 7 = 3',
    missingTable: /Table with name nowhere does not exist/,
    isolate: '',
    exempt: {},
  },
  {
    dialect: postgresDialect,
    start: async () => {
      const { database: dbname, stop, ...server } = await startPostgres();
      return { open: () => new PostgresAdapter({ type: 'postgres', ...server, dbname }), stop };
    },
    slowQuery: 'select pg_sleep(60)',
    missingTable: /^relation "nowhere" does not exist\nLINE 2: {5}from nowhere\n {17}\^$/,
    isolate: 'set transaction isolation level repeatable read;',
    exempt: {},
  },
];
