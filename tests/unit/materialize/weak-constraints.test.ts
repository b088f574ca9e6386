import { expect, it } from 'vitest';
import { bigQueryDialect } from '../../../orchestrator/dialects/bigquery.ts';
import { duckDbDialect } from '../../../orchestrator/dialects/duckdb.ts';
import { postgresDialect } from '../../../orchestrator/dialects/postgres.ts';
import { snowflakeDialect } from '../../../orchestrator/dialects/snowflake.ts';
import type { Constraint, Node } from '../../../orchestrator/manifest/node.ts';
import { describeWeakConstraints } from '../../../orchestrator/materialize/weak-constraints.ts';
import { modelNode } from '../../support/render.ts';

function withContract(constraints: readonly Constraint[], ofColumn: readonly Constraint[] = []): Node {
  const node = modelNode('orders', 'select 1 as id', { materialized: 'table' });
  const column = { name: 'id', data_type: 'int64', description: '', quote: null, meta: {}, tags: [] };
  return {
    ...node,
    contract: { ...node.contract, enforced: true },
    columns: { id: { ...column, constraints: ofColumn } },
    constraints,
  };
}

const node = withContract(
  [
    { type: 'check', expression: 'id > 0' },
    { type: 'foreign_key', columns: ['id'], to: 'accounts' },
    { type: 'custom', expression: 'default 0' },
  ],
  [{ type: 'not_null' }, { type: 'unique' }, { type: 'check', expression: 'id < 9' }],
);

it('names each type of constraint once that a warehouse does not look after', () => {
  expect(describeWeakConstraints(node, snowflakeDialect)).toBe(
    'orders: snowflake does not support constraints of type check, which are left out; it does not enforce constraints of type foreign_key, unique. Data tests can look after what they promise.',
  );
  expect(describeWeakConstraints(node, bigQueryDialect)).toBe(
    'orders: bigquery does not support constraints of type check, unique, which are left out; it does not enforce constraints of type foreign_key. Data tests can look after what they promise.',
  );
});

it('is silent where all are enforced, none is, or nothing is made of them', () => {
  expect(describeWeakConstraints(node, postgresDialect)).toBeNull();
  expect(describeWeakConstraints(node, duckDbDialect)).toBeNull();
  expect(
    describeWeakConstraints({ ...node, contract: { ...node.contract, enforced: false } }, snowflakeDialect),
  ).toBeNull();
  const view = { ...node, config: { ...node.config, materialized: 'view' } };
  expect(describeWeakConstraints(view, snowflakeDialect)).toBeNull();
});

it('is silent about those that a project does not want to hear of', () => {
  const silent = withContract([
    { type: 'check', expression: 'id > 0', warn_unsupported: false },
    { type: 'primary_key', columns: ['id'], warn_unenforced: false },
  ]);
  expect(describeWeakConstraints(silent, snowflakeDialect)).toBeNull();
});
