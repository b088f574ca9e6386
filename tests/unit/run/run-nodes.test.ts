import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDuckDbProject } from './support/duckdb.ts';
import { type NodeSpec, resultOf, statuses, type TestProject } from './support/project.ts';

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
const notNull: NodeSpec = {
  name: 'not_null_total',
  type: 'test',
  sql: 'select * from {totals} where total is null',
  reads: ['totals'],
};

let project: TestProject;
beforeEach(async () => {
  project = await openDuckDbProject();
});
afterEach(() => project.close());

describe('build on DuckDB', () => {
  it('loads a seed, builds a view and a table on it, and tests the table', async () => {
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
});
