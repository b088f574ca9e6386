import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../support/postgres.ts';
import type { Exemptions } from '../support/exemption.ts';
import { duckDbLimits, postgresLimits } from './unsupported.ts';

/** A warehouse that scenarios run on. */
export interface Subject {
  /** Heading of its column in docs/warehouses.md. */
  readonly title: string;
  /** What ran, with its version, and who else read its SQL: the second line of the heading. */
  readonly verifiedBy: string;
  /** Why it cannot run here. */
  readonly missing?: string | undefined;
  readonly start: () => Promise<RunningSubject>;
  /** Scenarios it cannot pass. */
  readonly unsupported: Exemptions;
}

/** A warehouse that runs, until it is stopped. */
export interface RunningSubject {
  /** Its output in profiles.yml with this schema as the target's. */
  readonly outputFor: (schema: string) => Readonly<Record<string, unknown>>;
  readonly stop: () => Promise<void>;
}

/** A file of its own. */
export const duckDb: Subject = {
  title: 'DuckDB',
  verifiedBy: 'version 1.5.6',
  start: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'strata-scenarios-'));
    const stop = async () => rmSync(folder, { recursive: true, force: true });
    return { outputFor: (schema) => ({ type: 'duckdb', path: join(folder, 'shop.duckdb'), schema }), stop };
  },
  unsupported: duckDbLimits,
};

/** A server of its own. */
export const postgres: Subject = {
  title: 'Postgres',
  verifiedBy: 'version 18.4',
  start: async () => {
    const { database: dbname, stop, ...server } = await startPostgres();
    return { outputFor: (schema) => ({ type: 'postgres', ...server, dbname, schema }), stop };
  },
  unsupported: postgresLimits,
};
