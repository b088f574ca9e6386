import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { openDuckDbProject } from './support/duckdb.ts';
import { openPostgresProject } from './support/postgres.ts';
import { hook, type NodeSpec, resultOf, statuses, type TestProject } from './support/project.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const orders: NodeSpec = {
  name: 'raw_orders',
  type: 'seed',
  csv: 'order_id,amount,ordered_on\n1,10.5,2024-01-01\n2,20,2024-02-01\n',
};
const staging: NodeSpec = {
  name: 'stg_orders',
  sql: 'select order_id, amount from {raw_orders}',
  reads: ['raw_orders'],
  config: { materialized: 'view' },
};
const totals: NodeSpec = {
  name: 'totals',
  sql: 'select sum(amount) as total from {stg_orders}',
  reads: ['stg_orders'],
};
const report: NodeSpec = { name: 'report', sql: 'select total * 2 as doubled from {totals}', reads: ['totals'] };

function test(name: string, sql: string, reads: readonly string[], config = {}): NodeSpec {
  return { name, type: 'test', sql, reads, config };
}

const warehouses = [
  ['DuckDB', () => openDuckDbProject()],
  ['Postgres', () => openPostgresProject(server)],
] as const;

describe.each(warehouses)('a build on %s', (_, open) => {
  let project: TestProject;
  beforeEach(async () => {
    project = await open();
  });
  afterEach(() => project.close());

  it('loads a seed, builds a view and a table on it, and tests the table', async () => {
    const notNull = test('not_null_total', 'select * from {totals} where total is null', ['totals']);
    const results = await project.run([orders, staging, totals, notNull]);
    expect(statuses(results)).toEqual([
      'not_null_total: pass',
      'raw_orders: success',
      'stg_orders: success',
      'totals: success',
    ]);
    expect(await project.rows('totals')).toEqual([[30.5]]);
    expect(await project.relations()).toEqual(['raw_orders:table', 'stg_orders:view', 'totals:table']);
    expect(resultOf(results, 'raw_orders').rowsAffected).toBe(2);
  });

  it('keeps the published table when its test fails, and skips what lies downstream with the reason', async () => {
    const positive = test('positive', 'select * from {totals} where total < 0', ['totals']);
    await project.run([orders, staging, totals, positive, report]);
    const spoiled = { ...totals, sql: 'select -1.0 as total union all select -2.0' };
    const results = await project.run([orders, staging, spoiled, positive, report]);
    expect(statuses(results)).toEqual([
      'positive: fail',
      'raw_orders: success',
      'report: skipped',
      'stg_orders: success',
      'totals: error',
    ]);
    expect(resultOf(results, 'totals').message).toBe('not published: test positive (2) failed');
    expect(resultOf(results, 'positive').message).toBe('Got 2 results, configured to fail if != 0');
    expect(resultOf(results, 'report').message).toBe('skipped: totals failed');
    const published = project.render({ ...project.place, identifier: 'totals' });
    expect(resultOf(results, 'positive').compiledCode).toBe(`select * from ${published} where total < 0`);
    expect(await project.rows('totals')).toEqual([[30.5]]);
    expect(await project.relations()).toEqual(['raw_orders:table', 'report:table', 'stg_orders:view', 'totals:table']);
  });

  it('publishes nothing on the first run when the test fails', async () => {
    const never = test('never', 'select * from {totals}', ['totals']);
    await project.run([orders, staging, totals, never]);
    expect(await project.relations()).toEqual(['raw_orders:table', 'stg_orders:view']);
  });

  it('publishes in spite of a warning', async () => {
    const never = test('never', 'select * from {totals}', ['totals'], { severity: 'warn' });
    const results = await project.run([orders, staging, totals, never, report]);
    expect(resultOf(results, 'never').message).toBe('Got 1 result, configured to warn if != 0');
    expect(await project.rows('report')).toEqual([[61]]);
  });

  it('audits a seed and a view too', async () => {
    const onSeed = test('seed_empty', 'select * from {raw_orders}', ['raw_orders']);
    const results = await project.run([orders, onSeed, staging]);
    expect(statuses(results)).toEqual(['raw_orders: error', 'seed_empty: fail', 'stg_orders: skipped']);
    await project.run([orders]);
    const onView = test('view_empty', 'select * from {stg_orders}', ['stg_orders']);
    expect(statuses(await project.run([orders, staging, onView]))).toContain('stg_orders: error');
    expect(await project.relations()).toEqual(['raw_orders:table']);
  });

  it('runs a test between siblings after both, and before what reads both', async () => {
    const left: NodeSpec = { name: 'left_side', sql: 'select 1 as id' };
    const right: NodeSpec = { name: 'right_side', sql: 'select 2 as id' };
    const both: NodeSpec = {
      name: 'both',
      sql: 'select id from {left_side} union all select id from {right_side}',
      reads: ['left_side', 'right_side'],
    };
    const differ = test('same', 'select id from {left_side} except select id from {right_side}', [
      'left_side',
      'right_side',
    ]);
    const results = await project.run([left, right, both, differ]);
    expect(statuses(results)).toEqual(['both: skipped', 'left_side: success', 'right_side: success', 'same: fail']);
    expect(resultOf(results, 'both').message).toBe('skipped: same failed');
  });

  it('lets a test of two nodes audit the one that is built later', async () => {
    const related = test('related', 'select total from {totals} except select sum(amount) from {stg_orders}', [
      'totals',
      'stg_orders',
    ]);
    await project.run([orders, staging, totals, related]);
    const wrong = { ...totals, sql: 'select sum(amount) + 1 as total from {stg_orders}' };
    const results = await project.run([orders, staging, wrong, related]);
    expect(resultOf(results, 'totals').message).toBe('not published: test related (1) failed');
    expect(await project.rows('totals')).toEqual([[30.5]]);
  });

  it('changes a view into a table and back', async () => {
    const asTable = { ...staging, config: { materialized: 'table' } };
    await project.run([orders, staging]);
    await project.run([orders, asTable]);
    expect(await project.relations()).toEqual(['raw_orders:table', 'stg_orders:table']);
    await project.run([orders, staging]);
    expect(await project.relations()).toEqual(['raw_orders:table', 'stg_orders:view']);
  });

  it('stores failing rows although the audited table is rolled back', async () => {
    const rows = test('small', 'select order_id, amount from {raw_orders} where amount > 15', ['raw_orders'], {
      store_failures: true,
    });
    const audited = await project.run([orders, rows]);
    expect(resultOf(audited, 'raw_orders').status).toBe('error');
    const stored = project.render({
      ...project.place,
      schema: `${project.place.schema}_dbt_test__audit`,
      identifier: 'small',
    });
    expect(await project.query(`select * from ${stored}`)).toEqual([[2, 20]]);
    await project.run([orders], { command: 'seed' });
    await project.run([{ ...orders, csv: `${orders.csv}3,99,2024-03-01\n` }], { command: 'seed' });
    await project.run([orders, rows], { command: 'test' });
    expect(await project.query(`select * from ${stored} order by 1`)).toEqual([
      [2, 20],
      [3, 99],
    ]);
  });

  it('runs hooks around and inside the transaction; those inside vanish with a failed audit', async () => {
    await project.execute(`create schema if not exists ${project.adapter.dialect.quote(project.place.schema)}`);
    const log = project.render({ ...project.place, identifier: 'hook_log' });
    await project.execute(`create table ${log} (step text)`);
    const say = (step: string) => `insert into ${log} values ('${step}')`;
    const config = {
      'pre-hook': [hook(say('before'), false), hook(say('pre'))],
      'post-hook': [hook(`insert into {this} values (7)`), hook(say('post')), hook(say('after'), false)],
    };
    const hooked: NodeSpec = { name: 'hooked', sql: 'select 1 as id', config };
    await project.run([hooked, test('no_nine', 'select * from {hooked} where id = 9', ['hooked'])]);
    expect(await project.rows('hooked')).toEqual([[1], [7]]);
    await project.run([hooked, test('no_seven', 'select * from {hooked} where id = 7', ['hooked'])]);
    const steps = await project.query(`select step, count(*) from ${log} group by 1 order by 1`);
    expect(steps).toEqual([
      ['after', 1],
      ['before', 2],
      ['post', 1],
      ['pre', 1],
    ]);
  });

  it('adds to an incremental table, replaces by key, and keeps it when the audit fails', async () => {
    const config = { materialized: 'incremental', unique_key: 'id' };
    const unique = test('unique_id', 'select id from {facts} group by id having count(*) > 1', ['facts']);
    const facts = (sql: string, more = {}): NodeSpec => ({ name: 'facts', sql, config: { ...config, ...more } });
    await project.run([facts("select 1 as id, 'a' as v union all select 2, 'b'"), unique]);
    await project.run([facts("select 2 as id, 'c' as v union all select 3, 'd'"), unique]);
    const kept = [
      [1, 'a'],
      [2, 'c'],
      [3, 'd'],
    ];
    expect(await project.rows('facts')).toEqual(kept);
    const twice = await project.run([facts("select 4 as id, 'x' as v union all select 4, 'y'"), unique]);
    expect(resultOf(twice, 'facts').status).toBe('error');
    expect(await project.rows('facts')).toEqual(kept);
    const merge = {
      incremental_strategy: 'merge',
      merge_exclude_columns: ['v'],
      on_schema_change: 'append_new_columns',
    };
    await project.run([facts("select 3 as id, 'z' as v, 5 as w union all select 5, 'e', 6", merge), unique]);
    expect(await project.rows('facts')).toEqual([
      [1, 'a', null],
      [2, 'c', null],
      [3, 'd', 5],
      [5, 'e', 6],
    ]);
  });

  it('reports a broken statement of one node and goes on with the others', async () => {
    const broken: NodeSpec = { name: 'broken', sql: 'select nothing_like_this from {totals}', reads: ['totals'] };
    const below: NodeSpec = { name: 'below', sql: 'select 1 as x from {broken}', reads: ['broken'] };
    const results = await project.run([orders, staging, totals, broken, below, report]);
    expect(statuses(results)).toEqual([
      'below: skipped',
      'broken: error',
      'raw_orders: success',
      'report: success',
      'stg_orders: success',
      'totals: success',
    ]);
    expect(resultOf(results, 'broken').message).toContain('nothing_like_this');
  });

  it('lets a test that cannot run keep the table from being published', async () => {
    const typo = test('typo', 'select no_such_column from {totals}', ['totals']);
    const results = await project.run([orders, staging, totals, typo]);
    expect(statuses(results)).toContain('typo: error');
    expect(await project.relations()).toEqual(['raw_orders:table', 'stg_orders:view']);
  });

  it('publishes without tests on run', async () => {
    await project.run([orders], { command: 'seed' });
    const results = await project.run([orders, staging, totals, test('never', 'select 1 as x', ['totals'])], {
      command: 'run',
    });
    expect(statuses(results)).toEqual(['stg_orders: success', 'totals: success']);
  });
});
