import { describe, expect, it } from 'vitest';
import type { Dialect } from '../../../orchestrator/dialects/dialect.ts';
import type { Column } from '../../../orchestrator/manifest/relation.ts';
import type { Job } from '../../../orchestrator/materialize/step.ts';
import type { NodeSpec } from '../run/support/project.ts';
import { type Answers, existing, listFailingSteps, makeJob } from './steps.ts';
import { statelessDialect, stepwiseDialect } from './stepwise-dialects.ts';

const id: Column = { name: 'id', type: 'integer' };
const amount: Column = { name: 'amount', type: 'double' };
const note: Column = { name: 'note', type: 'varchar' };
const same: Answers = { columns: { orders: [id, amount] }, query: [id, amount] };
const gained: Answers = { columns: { orders: [id, amount] }, query: [id, amount, note] };
const unaudited = { isAudited: false };

interface Setting {
  readonly options?: Partial<Job>;
  readonly answers?: Answers;
  readonly dialect?: Dialect;
}

function run(config: Readonly<Record<string, unknown>>, setting: Setting = {}): string {
  const { options = {}, answers = same, dialect = stepwiseDialect } = setting;
  const spec: NodeSpec = { name: 'orders', sql: 'select 1 as id', config: { materialized: 'incremental', ...config } };
  const job = makeJob(spec, { existing: existing('orders', 'table'), ...options });
  return listFailingSteps(job, dialect, answers).join('\n');
}

describe('incremental where DDL is not transactional', () => {
  it('changes a clone, audits it and puts it in place', () => {
    expect(run({ unique_key: 'id' })).toMatchInlineSnapshot(`
      "create or replace temporary table "temp"."main"."orders__rows__strata_0a1b2c3d" as select 1 as id
      [describe shop.orders]
      [describe-query]
      create or replace table "db"."shop"."orders__strata_0a1b2c3d" as from "db"."shop"."orders"
      delete from "db"."shop"."orders__strata_0a1b2c3d" as DBT_INTERNAL_DEST where exists (select 1 from "temp"."main"."orders__rows__strata_0a1b2c3d" as DBT_INTERNAL_SOURCE where (DBT_INTERNAL_SOURCE."id" = DBT_INTERNAL_DEST."id"))
      insert into "db"."shop"."orders__strata_0a1b2c3d" ("id", "amount") select "id", "amount" from ( select * from "temp"."main"."orders__rows__strata_0a1b2c3d" ) as model_subq
      [audit shop.orders__strata_0a1b2c3d]
      create or replace table "db"."shop"."orders" as from "db"."shop"."orders__strata_0a1b2c3d"
      drop table if exists "db"."shop"."orders__strata_0a1b2c3d"
      drop table if exists "temp"."main"."orders__rows__strata_0a1b2c3d"
      [published]"
    `);
  });

  it('appends or merges in place, by one statement, what nothing audits', () => {
    expect(run({}, { options: unaudited })).toMatchInlineSnapshot(`
      "create or replace temporary table "temp"."main"."orders__rows__strata_0a1b2c3d" as select 1 as id
      [describe shop.orders]
      [describe-query]
      insert into "db"."shop"."orders" ("id", "amount") select "id", "amount" from ( select * from "temp"."main"."orders__rows__strata_0a1b2c3d" ) as model_subq
      drop table if exists "temp"."main"."orders__rows__strata_0a1b2c3d"
      [published]"
    `);
    const merge = { unique_key: 'id', incremental_strategy: 'merge' };
    expect(run(merge, { options: unaudited, dialect: statelessDialect })).toMatchInlineSnapshot(`
      "create or replace table "db"."shop"."orders__rows__strata_0a1b2c3d" as select 1 as id
      [describe shop.orders]
      [describe-query]
      merge into "db"."shop"."orders" as DBT_INTERNAL_DEST using "db"."shop"."orders__rows__strata_0a1b2c3d" as DBT_INTERNAL_SOURCE on (DBT_INTERNAL_SOURCE."id" = DBT_INTERNAL_DEST."id") when matched then update set "id" = DBT_INTERNAL_SOURCE."id", "amount" = DBT_INTERNAL_SOURCE."amount" when not matched then insert ("id", "amount") values (DBT_INTERNAL_SOURCE."id", DBT_INTERNAL_SOURCE."amount")
      drop table if exists "db"."shop"."orders__rows__strata_0a1b2c3d"
      [published]"
    `);
  });

  it('deletes and inserts in one transaction, where rows have them, and in a clone elsewhere', () => {
    const config = { unique_key: 'id', incremental_strategy: 'delete+insert' };
    expect(run(config, { options: unaudited })).toMatchInlineSnapshot(`
      "create or replace temporary table "temp"."main"."orders__rows__strata_0a1b2c3d" as select 1 as id
      [describe shop.orders]
      [describe-query]
      [begin]
      delete from "db"."shop"."orders" as DBT_INTERNAL_DEST where exists (select 1 from "temp"."main"."orders__rows__strata_0a1b2c3d" as DBT_INTERNAL_SOURCE where (DBT_INTERNAL_SOURCE."id" = DBT_INTERNAL_DEST."id"))
      insert into "db"."shop"."orders" ("id", "amount") select "id", "amount" from ( select * from "temp"."main"."orders__rows__strata_0a1b2c3d" ) as model_subq
      [commit]
      drop table if exists "temp"."main"."orders__rows__strata_0a1b2c3d"
      [published]"
    `);
    expect(run(config, { options: unaudited, dialect: statelessDialect })).toMatchInlineSnapshot(`
      "create or replace table "db"."shop"."orders__rows__strata_0a1b2c3d" as select 1 as id
      [describe shop.orders]
      [describe-query]
      create or replace table "db"."shop"."orders__strata_0a1b2c3d" as from "db"."shop"."orders"
      delete from "db"."shop"."orders__strata_0a1b2c3d" as DBT_INTERNAL_DEST where exists (select 1 from "db"."shop"."orders__rows__strata_0a1b2c3d" as DBT_INTERNAL_SOURCE where (DBT_INTERNAL_SOURCE."id" = DBT_INTERNAL_DEST."id"))
      insert into "db"."shop"."orders__strata_0a1b2c3d" ("id", "amount") select "id", "amount" from ( select * from "db"."shop"."orders__rows__strata_0a1b2c3d" ) as model_subq
      create or replace table "db"."shop"."orders" as from "db"."shop"."orders__strata_0a1b2c3d"
      drop table if exists "db"."shop"."orders__strata_0a1b2c3d"
      drop table if exists "db"."shop"."orders__rows__strata_0a1b2c3d"
      [published]"
    `);
  });

  it('overwrites partitions without a key', () => {
    const config = { incremental_strategy: 'insert_overwrite' };
    expect(run(config, { options: unaudited, dialect: statelessDialect })).toMatchInlineSnapshot(`
      "create or replace table "db"."shop"."orders__rows__strata_0a1b2c3d" as select 1 as id
      [describe shop.orders]
      [describe-query]
      overwrite "db"."shop"."orders" from "db"."shop"."orders__rows__strata_0a1b2c3d"
      drop table if exists "db"."shop"."orders__rows__strata_0a1b2c3d"
      [published]"
    `);
  });

  it('takes the strategy the warehouse does best where there is a key', () => {
    expect(run({ unique_key: 'id' }, { options: unaudited, dialect: statelessDialect })).toContain('merge into');
  });

  it('names the strategies there are when it lacks one', () => {
    expect(run({ incremental_strategy: 'microbatch' }, { dialect: statelessDialect })).toBe(
      'materialization-invalid: models/orders.sql: orders: incremental strategy "microbatch" is not supported on duckdb. Supported: append, delete+insert, insert_overwrite, merge.',
    );
  });

  it('makes the table anew on the first run and on a full refresh', () => {
    expect(run({}, { options: { existing: null, ...unaudited } })).toMatchInlineSnapshot(`
      "create table "db"."shop"."orders" as select 1 as id
      [published]"
    `);
    expect(run({}, { options: { fullRefresh: true } })).toMatchInlineSnapshot(`
      "create or replace table "db"."shop"."orders__strata_0a1b2c3d" as select 1 as id
      [audit shop.orders__strata_0a1b2c3d]
      create or replace table "db"."shop"."orders" as from "db"."shop"."orders__strata_0a1b2c3d"
      drop table if exists "db"."shop"."orders__strata_0a1b2c3d"
      [published]"
    `);
  });
});

describe('on_schema_change where DDL is not transactional', () => {
  it('alters a clone, never the table that is read', () => {
    const config = { on_schema_change: 'append_new_columns' };
    expect(run(config, { options: unaudited, answers: gained })).toMatchInlineSnapshot(`
      "create or replace temporary table "temp"."main"."orders__rows__strata_0a1b2c3d" as select 1 as id
      [describe shop.orders]
      [describe-query]
      create or replace table "db"."shop"."orders__strata_0a1b2c3d" as from "db"."shop"."orders"
      alter table "db"."shop"."orders__strata_0a1b2c3d" add column "note" varchar
      insert into "db"."shop"."orders__strata_0a1b2c3d" ("id", "amount", "note") select "id", "amount", "note" from ( select * from "temp"."main"."orders__rows__strata_0a1b2c3d" ) as model_subq
      create or replace table "db"."shop"."orders" as from "db"."shop"."orders__strata_0a1b2c3d"
      drop table if exists "db"."shop"."orders__strata_0a1b2c3d"
      drop table if exists "temp"."main"."orders__rows__strata_0a1b2c3d"
      [published]"
    `);
    const changed = { ...same, query: [{ ...id, type: 'bigint' }, note] };
    expect(
      run({ on_schema_change: 'sync_all_columns' }, { options: unaudited, answers: changed }),
    ).toMatchInlineSnapshot(`
      "create or replace temporary table "temp"."main"."orders__rows__strata_0a1b2c3d" as select 1 as id
      [describe shop.orders]
      [describe-query]
      create or replace table "db"."shop"."orders__strata_0a1b2c3d" as from "db"."shop"."orders"
      alter table "db"."shop"."orders__strata_0a1b2c3d" drop column "amount"
      alter table "db"."shop"."orders__strata_0a1b2c3d" add column "note" varchar
      alter table "db"."shop"."orders__strata_0a1b2c3d" alter column "id" set data type bigint
      insert into "db"."shop"."orders__strata_0a1b2c3d" ("id", "note") select "id", "note" from ( select * from "temp"."main"."orders__rows__strata_0a1b2c3d" ) as model_subq
      create or replace table "db"."shop"."orders" as from "db"."shop"."orders__strata_0a1b2c3d"
      drop table if exists "db"."shop"."orders__strata_0a1b2c3d"
      drop table if exists "temp"."main"."orders__rows__strata_0a1b2c3d"
      [published]"
    `);
  });

  it('adds rows in place when the columns are the same or new ones are ignored', () => {
    const config = { on_schema_change: 'sync_all_columns' };
    expect(run(config, { options: unaudited })).not.toContain('as from');
    expect(run({}, { options: unaudited, answers: gained })).not.toContain('as from');
  });

  it('fails before the table is touched, and drops the stage', () => {
    expect(run({ on_schema_change: 'fail' }, { options: unaudited, answers: gained })).toMatchInlineSnapshot(`
      "create or replace temporary table "temp"."main"."orders__rows__strata_0a1b2c3d" as select 1 as id
      [describe shop.orders]
      [describe-query]
      drop table if exists "temp"."main"."orders__rows__strata_0a1b2c3d"
      schema-changed: models/orders.sql: orders changed its columns (note (varchar) is new) and on_schema_change is "fail". Run with --full-refresh, or set on_schema_change to append_new_columns or sync_all_columns."
    `);
  });
});
