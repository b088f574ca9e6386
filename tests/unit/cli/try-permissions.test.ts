import { afterEach, describe, expect, it } from 'vitest';
import { DuckDbAdapter } from '../../../orchestrator/adapters/duckdb.ts';
import { tryPermissions } from '../../../orchestrator/cli/actions/try-permissions.ts';
import { duckDbDialect } from '../../../orchestrator/dialects/duckdb.ts';
import { stepwiseDialect } from '../materialize/stepwise-dialects.ts';
import { WatchedAdapter } from '../run/support/stepwise.ts';

const place = { database: 'memory', schema: 'shop' };
let adapter: WatchedAdapter;

async function open(dialect = stepwiseDialect): Promise<void> {
  adapter = new WatchedAdapter(new DuckDbAdapter({ type: 'duckdb', path: ':memory:' }), dialect);
  await adapter.connect();
}

/** Everything in the database: schemas of users and their relations. */
async function listAll(): Promise<unknown> {
  const session = await adapter.openSession();
  const { rows } = await session.query(
    "select distinct schema_name from information_schema.schemata where catalog_name = 'memory' and schema_name not in ('main', 'information_schema', 'pg_catalog') union all select table_name from information_schema.tables where table_catalog = 'memory'",
  );
  return rows.flat();
}

afterEach(() => adapter.close());

describe('trying what a build needs to do', () => {
  it.each([
    ['in transactions', duckDbDialect],
    ['under names of its own', stepwiseDialect],
  ])('makes a schema, tables and views %s, and leaves nothing behind', async (_, dialect) => {
    await open(dialect);
    expect(await tryPermissions(adapter, place)).toEqual([
      { what: 'create schema shop' },
      { what: 'create tables in shop' },
      { what: 'create views in shop' },
    ]);
    expect(await listAll()).toEqual([]);
  });

  it('needs no right to make a schema that is there, where that cannot be rolled back', async () => {
    await open();
    const session = await adapter.openSession();
    await session.execute('create schema shop');
    expect(await tryPermissions(adapter, place)).toEqual([
      { what: 'use schema shop' },
      { what: 'create tables in shop' },
      { what: 'create views in shop' },
    ]);
    expect(await listAll()).toEqual(['shop']);
  });

  it('tells what is refused and goes on with the rest', async () => {
    await open({ ...stepwiseDialect, createView: () => 'create nonsense' });
    const checks = await tryPermissions(adapter, place);
    expect(checks.map(({ what, error }) => [what, error === undefined])).toEqual([
      ['create schema shop', true],
      ['create tables in shop', true],
      ['create views in shop', false],
    ]);
    expect(await listAll()).toEqual([]);
  });

  it('does not try tables where there is no schema for them', async () => {
    await open({ ...stepwiseDialect, createSchema: () => 'create nonsense' });
    expect((await tryPermissions(adapter, place)).map(({ what }) => what)).toEqual(['create schema shop']);
  });
});
