import { describe, expect, it } from 'vitest';
import { bigQueryDialect } from '../../../orchestrator/dialects/bigquery.ts';
import { duckDbDialect } from '../../../orchestrator/dialects/duckdb.ts';
import { postgresDialect } from '../../../orchestrator/dialects/postgres.ts';
import { snowflakeDialect } from '../../../orchestrator/dialects/snowflake.ts';
import type { ColumnInfo } from '../../../orchestrator/manifest/node.ts';
import type { Column } from '../../../orchestrator/manifest/relation.ts';
import { tableConstraints } from '../../../orchestrator/materialize/contract.ts';
import { modelNode } from '../../support/render.ts';
import type { NodeSpec } from '../run/support/project.ts';
import { existing, listSteps, makeJob } from './steps.ts';

function column(name: string, type: string | null, constraints: ColumnInfo['constraints'] = []): ColumnInfo {
  return { name, data_type: type, constraints, description: '', quote: null, meta: {}, tags: [] };
}

const promised: NodeSpec = {
  name: 'orders',
  sql: 'select 1 as id',
  config: { contract: true },
  columns: {
    id: column('id', 'bigint', [{ type: 'not_null' }, { type: 'primary_key' }]),
    amount: column('amount', 'double precision', [{ type: 'check', expression: 'amount >= 0' }]),
  },
};

function listOn(query: readonly Column[], dialect = postgresDialect): readonly string[] {
  return listSteps(makeJob(promised, { existing: existing('orders', 'table') }), dialect, { query });
}

describe('a contract', () => {
  it('is kept: the table is made with its types and constraints and filled by name', () => {
    const query = [
      { name: 'amount', type: 'float8' },
      { name: 'id', type: 'int8' },
    ];
    expect(listOn(query).join('\n')).toMatchInlineSnapshot(`
      "[begin]
      [describe-query]
      create table "db"."shop"."orders__strata_0a1b2c3d" ( "id" bigint not null primary key, "amount" double precision check (amount >= 0) )
      insert into "db"."shop"."orders__strata_0a1b2c3d" ("id", "amount") select "id", "amount" from ( select 1 as id ) as model_subq
      [audit shop.orders__strata_0a1b2c3d]
      [dependents shop.orders]
      drop table if exists "db"."shop"."orders"
      alter table "db"."shop"."orders__strata_0a1b2c3d" rename to "orders"
      [commit]"
    `);
    expect(listOn(query, duckDbDialect).join('\n')).toMatchInlineSnapshot(`
      "[begin]
      [describe-query]
      create or replace table "db"."shop"."orders" ( "id" bigint not null primary key, "amount" double precision check (amount >= 0) )
      insert into "db"."shop"."orders" ("id", "amount") select "id", "amount" from ( select 1 as id ) as model_subq
      [audit shop.orders]
      [commit]"
    `);
  });

  it('names columns as the query does, in whatever case it has them itself', () => {
    const query = [
      { name: 'AMOUNT', type: 'float8' },
      { name: 'Id', type: 'int8' },
    ];
    const made = listOn(query).filter((line) => /^(create|insert)/.test(line));
    expect(made).toEqual([
      'create table "db"."shop"."orders__strata_0a1b2c3d" ( "Id" bigint not null primary key, "AMOUNT" double precision check (amount >= 0) )',
      'insert into "db"."shop"."orders__strata_0a1b2c3d" ("Id", "AMOUNT") select "Id", "AMOUNT" from ( select 1 as id ) as model_subq',
    ]);
  });

  it('is broken: every difference is listed and nothing is made', () => {
    const query = [
      { name: 'id', type: 'text' },
      { name: 'extra', type: 'integer' },
    ];
    expect(() => listOn(query)).toThrow(
      'orders does not keep its contract: id is text and should be bigint; amount (double precision) is missing from the query; extra (integer) is not in the contract.',
    );
  });
});

describe('constraints of the whole table', () => {
  it('are those on several columns or none; one column has its own', () => {
    const node = {
      ...modelNode('orders', 'select 1 as id'),
      constraints: [
        { type: 'unique', columns: ['id'] },
        { type: 'not_null', columns: ['id', 'day'] },
        { type: 'primary_key', columns: ['id', 'day'] },
        { type: 'check', expression: 'id > 0 or day is null' },
      ],
    } as const;
    expect(tableConstraints(node, postgresDialect)).toEqual([
      'primary key ("id", "day")',
      'check (id > 0 or day is null)',
    ]);
  });

  it('are only those that the warehouse knows, and what is written for it', () => {
    const node = {
      ...modelNode('orders', 'select 1 as id'),
      constraints: [
        { type: 'unique', columns: ['id', 'day'] },
        { type: 'check', expression: 'id > 0' },
        { type: 'custom', expression: 'default collate' },
      ],
    } as const;
    expect(tableConstraints(node, bigQueryDialect)).toEqual(['default collate']);
    expect(tableConstraints(node, snowflakeDialect)).toEqual(['unique ("ID", "DAY")', 'default collate']);
  });
});
