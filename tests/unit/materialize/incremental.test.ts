import { describe, expect, it } from 'vitest';
import { duckDbDialect } from '../../../orchestrator/dialects/duckdb.ts';
import { postgresDialect } from '../../../orchestrator/dialects/postgres.ts';
import type { Column } from '../../../orchestrator/manifest/relation.ts';
import type { NodeSpec } from '../run/support/project.ts';
import { type Answers, dependent, existing, listSteps, makeJob } from './steps.ts';

const id: Column = { name: 'id', type: 'integer' };
const amount: Column = { name: 'amount', type: 'double' };
const note: Column = { name: 'note', type: 'varchar' };
const same: Answers = { columns: { orders: [id, amount] }, query: [id, amount] };

function incremental(config: Readonly<Record<string, unknown>> = {}): NodeSpec {
  return { name: 'orders', sql: 'select 1 as id', config: { materialized: 'incremental', ...config } };
}

function run(config: Readonly<Record<string, unknown>>, answers: Answers = same, dialect = duckDbDialect): string {
  const job = makeJob(incremental(config), { existing: existing('orders', 'table') });
  return listSteps(job, dialect, answers).join('\n');
}

describe('incremental', () => {
  it('makes the table on the first run', () => {
    expect(listSteps(makeJob(incremental()), duckDbDialect)).toEqual([
      '[begin]',
      'create table "db"."shop"."orders" as select 1 as id',
      '[audit shop.orders]',
      '[commit]',
    ]);
  });

  it('makes the table anew on a full refresh, unless the model forbids it', () => {
    const options = { existing: existing('orders', 'table'), fullRefresh: true };
    expect(listSteps(makeJob(incremental(), options), duckDbDialect)[1]).toBe(
      'create or replace table "db"."shop"."orders" as select 1 as id',
    );
    const kept = incremental({ full_refresh: false });
    expect(listSteps(makeJob(kept, options), duckDbDialect, same)[1]).toBe(
      'create temporary table "temp"."main"."orders__strata_0a1b2c3d" as select 1 as id',
    );
  });

  it('appends without a key', () => {
    expect(run({})).toMatchInlineSnapshot(`
      "[begin]
      create temporary table "temp"."main"."orders__strata_0a1b2c3d" as select 1 as id
      [describe shop.orders]
      [describe-query]
      insert into "db"."shop"."orders" ("id", "amount") select "id", "amount" from ( select * from "temp"."main"."orders__strata_0a1b2c3d" ) as model_subq
      drop table if exists "temp"."main"."orders__strata_0a1b2c3d"
      [audit shop.orders]
      [commit]"
    `);
  });

  it('replaces rows by key by default, with predicates', () => {
    const config = { unique_key: ['id', 'day'], incremental_predicates: "DBT_INTERNAL_DEST.day > '2024-01-01'" };
    expect(run(config)).toMatchInlineSnapshot(`
      "[begin]
      create temporary table "temp"."main"."orders__strata_0a1b2c3d" as select 1 as id
      [describe shop.orders]
      [describe-query]
      delete from "db"."shop"."orders" as DBT_INTERNAL_DEST where exists (select 1 from "temp"."main"."orders__strata_0a1b2c3d" as DBT_INTERNAL_SOURCE where (DBT_INTERNAL_SOURCE."id" = DBT_INTERNAL_DEST."id") and (DBT_INTERNAL_SOURCE."day" = DBT_INTERNAL_DEST."day")) and (DBT_INTERNAL_DEST.day > '2024-01-01')
      insert into "db"."shop"."orders" ("id", "amount") select "id", "amount" from ( select * from "temp"."main"."orders__strata_0a1b2c3d" ) as model_subq
      drop table if exists "temp"."main"."orders__strata_0a1b2c3d"
      [audit shop.orders]
      [commit]"
    `);
  });

  it('merges all columns but those excluded', () => {
    const config = { unique_key: 'id', incremental_strategy: 'merge', merge_exclude_columns: ['ID'] };
    expect(run(config)).toMatchInlineSnapshot(`
      "[begin]
      create temporary table "temp"."main"."orders__strata_0a1b2c3d" as select 1 as id
      [describe shop.orders]
      [describe-query]
      merge into "db"."shop"."orders" as DBT_INTERNAL_DEST using "temp"."main"."orders__strata_0a1b2c3d" as DBT_INTERNAL_SOURCE on (DBT_INTERNAL_SOURCE."id" = DBT_INTERNAL_DEST."id") when matched then update set "amount" = DBT_INTERNAL_SOURCE."amount" when not matched then insert ("id", "amount") values (DBT_INTERNAL_SOURCE."id", DBT_INTERNAL_SOURCE."amount")
      drop table if exists "temp"."main"."orders__strata_0a1b2c3d"
      [audit shop.orders]
      [commit]"
    `);
  });

  it('merges the named columns only', () => {
    const config = { unique_key: 'id', incremental_strategy: 'merge', merge_update_columns: ['amount'] };
    expect(run(config, same, postgresDialect)).toMatchInlineSnapshot(`
      "[begin]
      lock table "db"."shop"."orders" in share row exclusive mode
      create temporary table "pg_temp"."orders__strata_0a1b2c3d" as select 1 as id
      [describe shop.orders]
      [describe-query]
      merge into "db"."shop"."orders" as DBT_INTERNAL_DEST using "pg_temp"."orders__strata_0a1b2c3d" as DBT_INTERNAL_SOURCE on (DBT_INTERNAL_SOURCE."id" = DBT_INTERNAL_DEST."id") when matched then update set "amount" = DBT_INTERNAL_SOURCE."amount" when not matched then insert ("id", "amount") values (DBT_INTERNAL_SOURCE."id", DBT_INTERNAL_SOURCE."amount")
      drop table if exists "pg_temp"."orders__strata_0a1b2c3d"
      [audit shop.orders]
      [commit]"
    `);
  });

  it('needs a key for delete+insert', () => {
    expect(() => run({ incremental_strategy: 'delete+insert' })).toThrow('orders: delete+insert needs a unique_key.');
  });

  it('refuses an unknown strategy', () => {
    expect(() => run({ incremental_strategy: 'upsert' })).toThrow(
      'orders: incremental strategy "upsert" is not supported on duckdb.',
    );
  });
});

describe('on_schema_change', () => {
  const gained: Answers = { columns: { orders: [id, amount] }, query: [id, amount, note] };
  const changed: Answers = { columns: { orders: [id, amount] }, query: [{ ...id, type: 'bigint' }, note] };

  it('ignore leaves new columns out', () => {
    expect(run({}, gained)).toContain('insert into "db"."shop"."orders" ("id", "amount") select "id", "amount"');
  });

  it('ignore cannot do without a column of the table', () => {
    expect(() => run({}, changed)).toThrow(
      'orders changed its columns (amount is gone from the query) and on_schema_change is "ignore".',
    );
  });

  it('append_new_columns adds them', () => {
    expect(run({ on_schema_change: 'append_new_columns' }, gained)).toMatchInlineSnapshot(`
      "[begin]
      create temporary table "temp"."main"."orders__strata_0a1b2c3d" as select 1 as id
      [describe shop.orders]
      [describe-query]
      alter table "db"."shop"."orders" add column "note" varchar
      insert into "db"."shop"."orders" ("id", "amount", "note") select "id", "amount", "note" from ( select * from "temp"."main"."orders__strata_0a1b2c3d" ) as model_subq
      drop table if exists "temp"."main"."orders__strata_0a1b2c3d"
      [audit shop.orders]
      [commit]"
    `);
  });

  it('sync_all_columns drops, adds and alters', () => {
    expect(run({ on_schema_change: 'sync_all_columns' }, changed)).toMatchInlineSnapshot(`
      "[begin]
      create temporary table "temp"."main"."orders__strata_0a1b2c3d" as select 1 as id
      [describe shop.orders]
      [describe-query]
      alter table "db"."shop"."orders" drop column "amount"
      alter table "db"."shop"."orders" add column "note" varchar
      alter table "db"."shop"."orders" alter column "id" set data type bigint
      insert into "db"."shop"."orders" ("id", "note") select "id", "note" from ( select * from "temp"."main"."orders__strata_0a1b2c3d" ) as model_subq
      drop table if exists "temp"."main"."orders__strata_0a1b2c3d"
      [audit shop.orders]
      [commit]"
    `);
  });

  it('sync_all_columns drops nothing that a view needs', () => {
    const answers = { ...changed, dependents: { orders: [dependent('report', ['amount'])] } };
    expect(() => run({ on_schema_change: 'sync_all_columns' }, answers, postgresDialect)).toThrow(
      'shop.orders was not replaced: columns amount, id would vanish or change type, which view shop.report (owner bi) still needs. Nothing was dropped.',
    );
  });

  it('fail lists every difference', () => {
    expect(() => run({ on_schema_change: 'fail' }, changed)).toThrow(
      'orders changed its columns (note (varchar) is new; amount is gone from the query; id was integer and is bigint) and on_schema_change is "fail".',
    );
  });
});
