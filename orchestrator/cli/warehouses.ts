import type { Adapter } from '../adapters/adapter.ts';
import { type BigQueryTarget, readBigQueryTarget } from '../config/targets/bigquery.ts';
import { type DuckDbTarget, readDuckDbTarget } from '../config/targets/duckdb.ts';
import { type PostgresTarget, readPostgresTarget } from '../config/targets/postgres.ts';
import { readSnowflakeTarget, type SnowflakeTarget } from '../config/targets/snowflake.ts';
import type { Credentials, ReadTarget, TargetReaders } from '../config/targets/target.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { StrataError } from '../errors.ts';

/**
 * A kind of warehouse: its keys in profiles.yml, its SQL, its client. The last two are loaded when a target asks for
 * them, since some clients take most of a second.
 */
interface Warehouse<Target extends Credentials = Credentials> {
  readonly readTarget: ReadTarget<Target>;
  readonly loadDialect: () => Promise<Dialect>;
  /** The adapter, not yet connected. */
  readonly loadAdapter: (target: Target) => Promise<Adapter>;
}

const duckDb: Warehouse<DuckDbTarget> = {
  readTarget: readDuckDbTarget,
  loadDialect: async () => (await import('../dialects/duckdb.ts')).duckDbDialect,
  loadAdapter: async (target) => new (await import('../adapters/duckdb.ts')).DuckDbAdapter(target),
};

const postgres: Warehouse<PostgresTarget> = {
  readTarget: readPostgresTarget,
  loadDialect: async () => (await import('../dialects/postgres.ts')).postgresDialect,
  loadAdapter: async (target) => new (await import('../adapters/postgres.ts')).PostgresAdapter(target),
};

const bigQuery: Warehouse<BigQueryTarget> = {
  readTarget: readBigQueryTarget,
  loadDialect: async () => (await import('../dialects/bigquery.ts')).bigQueryDialect,
  loadAdapter: async (target) => new (await import('../adapters/bigquery.ts')).BigQueryAdapter(target),
};

const snowflake: Warehouse<SnowflakeTarget> = {
  readTarget: readSnowflakeTarget,
  loadDialect: async () => (await import('../dialects/snowflake.ts')).snowflakeDialect,
  loadAdapter: async (target) => new (await import('../adapters/snowflake.ts')).SnowflakeAdapter(target),
};

/** Every warehouse there is, by `type` in profiles.yml: the one place to add another. */
const warehouses: ReadonlyMap<string, Warehouse> = new Map([
  ['duckdb', toWarehouse(duckDb)],
  ['postgres', toWarehouse(postgres)],
  ['bigquery', toWarehouse(bigQuery)],
  ['snowflake', toWarehouse(snowflake)],
]);

/** A target goes back to the warehouse of its own `type`, whose reader made it. */
function toWarehouse<Target extends Credentials>(warehouse: Warehouse<Target>): Warehouse {
  return { ...warehouse, loadAdapter: (target) => warehouse.loadAdapter(target as Target) };
}

export const targetReaders: TargetReaders = new Map(
  [...warehouses].map(([type, { readTarget }]) => [type, readTarget]),
);

/** The dialect of a target, without loading the client that connects to it. */
export function loadDialect(type: string): Promise<Dialect> {
  return find(type).loadDialect();
}

/** The adapter for a target that its warehouse has read, not yet connected. */
export function openAdapter(target: Credentials): Promise<Adapter> {
  return find(target.type).loadAdapter(target);
}

/** DuckDB in memory: reads the files behind sources where a warehouse cannot. */
export async function openFileReader(): Promise<Adapter> {
  return new (await import('../adapters/duckdb.ts')).DuckDbAdapter({ type: 'duckdb', path: ':memory:' });
}

function find(type: string): Warehouse {
  const found = warehouses.get(type);
  if (found === undefined) throw new StrataError('internal', `No warehouse of type "${type}".`);
  return found;
}
