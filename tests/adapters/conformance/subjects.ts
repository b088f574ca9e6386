import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Adapter } from '../../../orchestrator/adapters/adapter.ts';
import { DuckDbAdapter } from '../../../orchestrator/adapters/duckdb.ts';
import { PostgresAdapter } from '../../../orchestrator/adapters/postgres.ts';
import { bigQueryDialect } from '../../../orchestrator/dialects/bigquery.ts';
import type { Dialect } from '../../../orchestrator/dialects/dialect.ts';
import { duckDbDialect } from '../../../orchestrator/dialects/duckdb.ts';
import { postgresDialect } from '../../../orchestrator/dialects/postgres.ts';
import { snowflakeDialect } from '../../../orchestrator/dialects/snowflake.ts';
import { bigQueryMissing, openBigQuery, startBigQueryEmulator } from '../../support/bigquery-emulator.ts';
import { startPostgres } from '../../support/postgres.ts';
import { openSnowflake, snowflakeMissing, startSnowflakeEmulator } from '../../support/snowflake-emulator.ts';
import type { Exemptions } from '../support/exemption.ts';

/** A warehouse under test: how to start it, and the few texts in which warehouses may differ. */
export interface Subject {
  readonly dialect: Dialect;
  readonly start: () => Promise<RunningSubject>;
  readonly slowQuery: string;
  readonly missingTable: RegExp;
  /** Statement that makes the open transaction read one state of the data; empty where every transaction does. */
  readonly isolate: string;
  /** Why it cannot be started here. */
  readonly missing?: string | undefined;
  /** Checks this warehouse cannot pass. */
  readonly exempt: Exemptions;
}

/** A warehouse that runs: as many adapters as wanted, until it is stopped. */
export interface RunningSubject {
  readonly open: () => Adapter;
  readonly stop: () => Promise<void>;
}

const ownTransaction = 'each statement of BigQuery is a transaction of its own here';

const uncancelled = {
  reason: 'bqemulator 1.4.0 cannot cancel a job; done at the wire',
  untried: 'it would go on with the query for minutes',
};

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
  {
    dialect: bigQueryDialect,
    missing: bigQueryMissing,
    start: async () => {
      const emulator = await startBigQueryEmulator();
      return { open: () => openBigQuery(emulator, 'lab'), stop: emulator.stop };
    },
    slowQuery: 'select count(*) from unnest(generate_array(1, 1000000)) as a, unnest(generate_array(1, 1000000)) as b',
    missingTable: /nowhere/,
    isolate: '',
    exempt: {
      'every type comes back as the same cell':
        'BigQuery has no type of 32-bit floats, and writes exact numbers and moments without zeros or a zone at the end',
      'cells given as text or as values arrive typed': 'BigQuery writes exact numbers without zeros at the end',
      'a part of the columns in another order, and types that only the warehouse reads':
        'bqemulator 1.4.0 loads what stands in a JSON column as one text',
      'names with quotes, spaces, capitals and other scripts': 'a table of BigQuery has no quotes in its name',
      'a temporary table is seen by its session alone, with its columns':
        'a session is jobs of BigQuery, which has no temporary tables between them: they are tables that expire',
      'columns are added, retyped and dropped':
        'bqemulator 1.4.0 lists the columns that a table had before it was altered',
      'a contract refuses null, and its column order is the table':
        'bqemulator 1.4.0 drops the constraints of a table made by a query',
      'create table as says how many rows it made': 'bqemulator 1.4.0 does not say it',
      'DDL is rolled back': ownTransaction,
      'a session that was closed rolls back what it had open': ownTransaction,
      'rows loaded inside a transaction are rolled back with it': ownTransaction,
      'a reader sees the old rows until the writer commits': ownTransaction,
      'a conflict between two transactions may be tried again, another error not': ownTransaction,
      'a slow query stops soon, fails as cancelled, and the session goes on': uncancelled,
      'cancelled at once it stops too': uncancelled,
      'closing the adapter stops what runs': uncancelled,
    },
  },
  {
    dialect: snowflakeDialect,
    missing: snowflakeMissing,
    start: async () => {
      const emulator = await startSnowflakeEmulator();
      return { open: () => openSnowflake(emulator, 'lab'), stop: emulator.stop };
    },
    slowQuery:
      'select count(*) from table(generator(rowcount => 1000000)) as a, table(generator(rowcount => 1000000)) as b',
    missingTable: /NOWHERE does not exist/,
    isolate: '',
    exempt: {
      'every type comes back as the same cell':
        'Snowflake has no intervals and no literal of a timestamp with a zone; its cells are compared at the wire',
      'a bad cell fails with its column and value and leaves nothing':
        'fakesnow 0.12.1 has no COPY, whose message names row and column; at the wire nothing is left',
      'names with quotes, spaces, capitals and other scripts':
        'fakesnow 0.12.1 loses the second quote of a comment that has one in it',
      'a temporary table is seen by its session alone, with its columns':
        'fakesnow 0.12.1 does not list temporary tables in its catalog',
      'a contract refuses null, and its column order is the table':
        'fakesnow 0.12.1 drops the constraints of a table made by a query',
      'create table as says how many rows it made': 'Snowflake does not say it',
      'a conflict between two transactions may be tried again, another error not':
        "fakesnow 0.12.1 fails with DuckDB's conflict, where Snowflake waits for the lock",
    },
  },
];
