import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Constraint } from '../../../orchestrator/manifest/node.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { openDuckDbProject } from './support/duckdb.ts';
import { openPostgresProject } from './support/postgres.ts';
import { hook, type NodeSpec, resultOf, statuses, type TestProject } from './support/project.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const warehouses = [
  ['DuckDB', () => openDuckDbProject()],
  ['Postgres', () => openPostgresProject(server)],
] as const;

const orders: NodeSpec = { name: 'orders', sql: 'select 1 as id' };

const described = { description: '', quote: null, meta: {}, tags: [], constraints: [] };

describe.each(warehouses)('what goes wrong in a node on %s', (_, open) => {
  let project: TestProject;
  beforeEach(async () => {
    project = await open();
  });
  afterEach(() => project.close());

  const message = async (specs: readonly NodeSpec[]) => resultOf(await project.run(specs), 'orders').message;

  it('in a hook before or after it is the node’s error, and nothing of the node or its hooks stays', async () => {
    const log = project.render({ ...project.place, identifier: 'log' });
    await project.run([orders, { name: 'log', sql: 'select 0 as n' }]);
    const note = (n: number) => hook(`insert into ${log} values (${n})`);
    for (const config of [
      { 'pre-hook': [note(1), hook('select nothing_like_this')] },
      { 'pre-hook': [note(2)], 'post-hook': [note(3), hook('select nothing_like_this')] },
    ]) {
      const results = await project.run([{ ...orders, sql: 'select 2 as id', config }]);
      expect(statuses(results)).toEqual(['orders: error']);
      expect(resultOf(results, 'orders').message).toContain('nothing_like_this');
    }
    expect(await project.rows('orders')).toEqual([[1]]);
    expect(await project.rows('log')).toEqual([[0]]);
    expect(await project.relations()).toEqual(['log:table', 'orders:table']);
  });

  it('in its template stops that node and what reads it, and no other', async () => {
    const results = await project.run([
      { name: 'broken', sql: 'select * from {unknown_thing}' },
      { name: 'reader', sql: 'select * from {broken}', reads: ['broken'] },
      orders,
    ]);
    expect(statuses(results)).toEqual(['broken: error', 'orders: success', 'reader: skipped']);
    expect(resultOf(results, 'broken').message).toContain('unknown_thing');
  });

  it('lets the hooks at the end run all the same', async () => {
    const log = project.render({ ...project.place, identifier: 'log' });
    await project.run([{ name: 'log', sql: 'select 0 as n' }]);
    const last: NodeSpec = {
      name: 'shop-on-run-end-0',
      type: 'operation',
      tags: ['on-run-end'],
      sql: `insert into ${log} values (1)`,
    };
    const results = await project.run([{ ...orders, sql: 'select nothing_like_this' }, last]);
    expect(resultOf(results, 'orders').status).toBe('error');
    expect(await project.rows('log')).toEqual([[0], [1]]);
  });

  it.each([
    ['not_null', undefined, 'select null::integer as id', /null/i],
    ['check', 'id > 0', 'select -1 as id', /check/i],
    ['primary_key', undefined, 'select 1 as id union all select 1', /duplicate key/i],
    ['unique', undefined, 'select 1 as id union all select 1', /duplicate key/i],
  ] as const)('against the %s of its contract keeps the published table', async (type, expression, sql, reason) => {
    const constraint: Constraint = expression === undefined ? { type } : { type, expression };
    const promised: NodeSpec = {
      ...orders,
      config: { contract: true },
      columns: {
        id: { ...described, name: 'id', data_type: 'integer', constraints: [constraint] },
      },
    };
    expect(await message([promised])).toBe('1 row');
    expect(await message([{ ...promised, sql }])).toMatch(reason);
    expect(await project.rows('orders')).toEqual([[1]]);
    expect(await message([{ ...promised, sql: 'select 2 as id' }])).toBe('1 row');
  });

  it.each([
    ['primary_key', 'select 1 as id, 1 as line union all select 1, 1', /duplicate key/i],
    ['check', 'select 2 as id, 1 as line', /check/i],
    ['not_null', 'select 1 as id, null::integer as line', /null/i],
  ] as const)('against a %s of several columns keeps the published table', async (type, sql, reason) => {
    const column = (name: string) => ({ [name]: { ...described, name, data_type: 'integer' } });
    const promised: NodeSpec = {
      ...orders,
      sql: 'select 1 as id, 1 as line',
      config: { contract: true },
      columns: { ...column('id'), ...column('line') },
      constraints: [type === 'check' ? { type, expression: 'id <= line' } : { type, columns: ['id', 'line'] }],
    };
    expect(await message([promised])).toBe('1 row');
    expect(await message([{ ...promised, sql }])).toMatch(reason);
    expect(await project.rows('orders')).toEqual([[1, 1]]);
  });

  it.each([
    ['ignore', 'success', [[1], [2]]],
    [
      'append_new_columns',
      'success',
      [
        [1, null],
        [2, 5],
      ],
    ],
    [
      'sync_all_columns',
      'success',
      [
        [1, null],
        [2, 5],
      ],
    ],
    ['fail', 'error', [[1]]],
  ] as const)(
    'or not, when an incremental model gains a column and on_schema_change is %s',
    async (policy, status, rows) => {
      const config = { materialized: 'incremental', on_schema_change: policy };
      await project.run([{ ...orders, config }]);
      const results = await project.run([{ ...orders, sql: 'select 2 as id, 5 as amount', config }]);
      expect(resultOf(results, 'orders').status).toBe(status);
      expect(await project.rows('orders')).toEqual(rows);
    },
  );

  it('that loses a column goes by on_schema_change too', async () => {
    const config = (policy: string) => ({ materialized: 'incremental', on_schema_change: policy });
    await project.run([{ ...orders, sql: 'select 1 as id, 5 as amount' }]);
    const less = (policy: string) => project.run([{ ...orders, sql: 'select 2 as id', config: config(policy) }]);
    expect(resultOf(await less('fail'), 'orders').message).toBe(
      'orders changed its columns (amount is gone from the query) and on_schema_change is "fail".',
    );
    expect(resultOf(await less('ignore'), 'orders').status).toBe('error');
    expect(resultOf(await less('append_new_columns'), 'orders').status).toBe('success');
    expect(await project.rows('orders')).toEqual([
      [1, 5],
      [2, null],
    ]);
    expect(resultOf(await less('sync_all_columns'), 'orders').status).toBe('success');
    expect(await project.rows('orders')).toEqual([[1], [2], [2]]);
  });
});
