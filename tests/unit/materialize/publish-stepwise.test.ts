import { describe, expect, it } from 'vitest';
import type { Dialect } from '../../../orchestrator/dialects/dialect.ts';
import { snowflakeDialect } from '../../../orchestrator/dialects/snowflake.ts';
import type { Column } from '../../../orchestrator/manifest/relation.ts';
import type { Job } from '../../../orchestrator/materialize/step.ts';
import { hook, type NodeSpec } from '../run/support/project.ts';
import { type Answers, existing, listFailingSteps, listSteps, makeJob } from './steps.ts';
import { statelessDialect, stepwiseDialect, stubbornDialect } from './stepwise-dialects.ts';

const id: Column = { name: 'id', type: 'integer' };
const table: NodeSpec = { name: 'orders', sql: 'select 1 as id' };
const view: NodeSpec = { ...table, config: { materialized: 'view' } };
const column = { name: 'id', description: '', data_type: null, quote: null, meta: {}, tags: [], constraints: [] };
const hasTable = { existing: existing('orders', 'table') };
const hasView = { existing: existing('orders', 'view') };
const unaudited = { isAudited: false };

function run(spec: NodeSpec, options: Partial<Job> = {}, dialect: Dialect = stepwiseDialect): string {
  return listSteps(makeJob(spec, options), dialect).join('\n');
}

function fail(spec: NodeSpec, options: Partial<Job>, answers: Answers = {}, dialect = stepwiseDialect): string {
  return listFailingSteps(makeJob(spec, options), dialect, answers).join('\n');
}

describe('publishing where DDL is not transactional', () => {
  it('builds a table aside, audits it, puts it in place by one statement and drops what remains', () => {
    expect(run(table, hasTable)).toMatchInlineSnapshot(`
      "create or replace table "db"."shop"."orders__strata_0a1b2c3d" as select 1 as id
      [audit shop.orders__strata_0a1b2c3d]
      create or replace table "db"."shop"."orders" as from "db"."shop"."orders__strata_0a1b2c3d"
      drop table if exists "db"."shop"."orders__strata_0a1b2c3d"
      [published]"
    `);
    expect(run(table)).toMatchInlineSnapshot(`
      "create or replace table "db"."shop"."orders__strata_0a1b2c3d" as select 1 as id
      [audit shop.orders__strata_0a1b2c3d]
      create table "db"."shop"."orders" as from "db"."shop"."orders__strata_0a1b2c3d"
      drop table if exists "db"."shop"."orders__strata_0a1b2c3d"
      [published]"
    `);
  });

  it('replaces by one statement what nothing audits', () => {
    expect(run(table, { ...hasTable, ...unaudited })).toMatchInlineSnapshot(`
      "create or replace table "db"."shop"."orders" as select 1 as id
      [published]"
    `);
    expect(run(view, { ...hasView, ...unaudited })).toMatchInlineSnapshot(`
      "create or replace view "db"."shop"."orders" as select 1 as id
      [published]"
    `);
    expect(run(view, unaudited)).toMatchInlineSnapshot(`
      "create view "db"."shop"."orders" as select 1 as id
      [published]"
    `);
  });

  it('audits a view under its temporary name and makes it again in place from the same text', () => {
    expect(run(view, hasView)).toMatchInlineSnapshot(`
      "create or replace view "db"."shop"."orders__strata_0a1b2c3d" as select 1 as id
      [audit shop.orders__strata_0a1b2c3d]
      create or replace view "db"."shop"."orders" as select 1 as id
      drop view if exists "db"."shop"."orders__strata_0a1b2c3d"
      [published]"
    `);
  });

  it('loads a seed aside also when nothing audits it and nothing is there: half of it is never seen', () => {
    const seed: NodeSpec = { name: 'orders', type: 'seed' };
    expect(run(seed, { ...unaudited, seedColumns: [id] })).toMatchInlineSnapshot(`
      "create or replace table "db"."shop"."orders__strata_0a1b2c3d" ( "id" integer )
      [load-seed shop.orders__strata_0a1b2c3d]
      create table "db"."shop"."orders" as from "db"."shop"."orders__strata_0a1b2c3d"
      drop table if exists "db"."shop"."orders__strata_0a1b2c3d"
      [published]"
    `);
  });

  it('writes the register of a score after the audit and before the scores are seen, in a transaction of its own', () => {
    const score: NodeSpec = { ...table, config: { materialized: 'score' } };
    expect(run(score, hasTable)).toMatchInlineSnapshot(`
      "[score]
      create or replace table "db"."shop"."orders__strata_0a1b2c3d" as select 1 as score
      [audit shop.orders__strata_0a1b2c3d]
      [begin]
      insert into strata_models values (1)
      [commit]
      create or replace table "db"."shop"."orders" as from "db"."shop"."orders__strata_0a1b2c3d"
      drop table if exists "db"."shop"."orders__strata_0a1b2c3d"
      [published]"
    `);
    expect(run(score, { ...hasTable, ...unaudited }, statelessDialect)).toMatchInlineSnapshot(`
      "[score]
      create or replace table "db"."shop"."orders__strata_0a1b2c3d" as select 1 as score
      insert into strata_models values (1)
      create or replace table "db"."shop"."orders" as from "db"."shop"."orders__strata_0a1b2c3d"
      drop table if exists "db"."shop"."orders__strata_0a1b2c3d"
      [published]"
    `);
  });

  it('keeps the order of hooks, and comments on what was published', () => {
    const hooked: NodeSpec = {
      ...table,
      description: 'All orders.',
      config: {
        'pre-hook': [hook('vacuum', false), hook('set x = 1')],
        'post-hook': [hook('analyze'), hook('checkpoint', false)],
        persist_docs: { relation: true },
        sql_header: "set timezone = 'UTC'",
      },
    };
    expect(run(hooked, hasTable)).toMatchInlineSnapshot(`
      "[pre-hooks outside]
      [pre-hooks inside]
      set timezone = 'UTC'
      create or replace table "db"."shop"."orders__strata_0a1b2c3d" as select 1 as id
      [audit shop.orders__strata_0a1b2c3d]
      create or replace table "db"."shop"."orders" as from "db"."shop"."orders__strata_0a1b2c3d"
      drop table if exists "db"."shop"."orders__strata_0a1b2c3d"
      [published]
      comment on table "db"."shop"."orders" is 'All orders.'
      [post-hooks inside]
      [post-hooks outside]"
    `);
  });

  it('sends the header of a model with its query where a session keeps nothing', () => {
    const headed: NodeSpec = { ...table, config: { sql_header: 'create temp macro twice(x) as 2 * x;' } };
    expect(run(headed, unaudited, statelessDialect)).toMatchInlineSnapshot(`
      "create temp macro twice(x) as 2 * x; create table "db"."shop"."orders" as select 1 as id
      [published]"
    `);
  });

  it('describes the columns of a view as it makes it, where that is the only way', () => {
    const described: NodeSpec = {
      ...view,
      description: 'All orders.',
      columns: { id: { ...column, description: 'The key.' }, gone: { ...column, name: 'gone' } },
      config: { materialized: 'view', persist_docs: { relation: true, columns: true } },
    };
    const answers = { query: [{ name: 'ID', type: 'number(38,0)' }] };
    expect(listSteps(makeJob(described, unaudited), snowflakeDialect, answers).join('\n')).toMatchInlineSnapshot(`
      "[describe-query]
      create view "DB"."SHOP"."ORDERS" ( "ID" comment 'The key.' ) as select 1 as id
      [published]
      comment on view "DB"."SHOP"."ORDERS" is 'All orders.'"
    `);
  });

  it('drops the table it built when the audit or the publication fails, and says why it failed', () => {
    const failures = { '[audit': 'two rows are wrong', 'drop table': 'no rights to drop' };
    expect(fail(table, hasTable, { failures })).toMatchInlineSnapshot(`
      "create or replace table "db"."shop"."orders__strata_0a1b2c3d" as select 1 as id
      [audit shop.orders__strata_0a1b2c3d]
      drop table if exists "db"."shop"."orders__strata_0a1b2c3d"
      database-error: two rows are wrong"
    `);
    expect(
      fail(table, hasTable, { failures: { 'create or replace table "db"."shop"."orders" ': 'quota exceeded' } }),
    ).toMatchInlineSnapshot(`
        "create or replace table "db"."shop"."orders__strata_0a1b2c3d" as select 1 as id
        [audit shop.orders__strata_0a1b2c3d]
        create or replace table "db"."shop"."orders" as from "db"."shop"."orders__strata_0a1b2c3d"
        drop table if exists "db"."shop"."orders__strata_0a1b2c3d"
        database-error: quota exceeded"
      `);
  });
});

describe('replacing what no statement replaces', () => {
  it('refuses to turn a view into a table or back, before anything runs', () => {
    expect(fail(table, hasView)).toMatchInlineSnapshot(
      `"replace-refused: models/orders.sql: shop.orders was not replaced: it is a view and would become a table, and this warehouse cannot do that without a moment in which shop.orders is gone. Give the model another alias and let readers move over, or run it with --full-refresh to accept the moment."`,
    );
    expect(fail(view, hasTable)).toMatchInlineSnapshot(
      `"replace-refused: models/orders.sql: shop.orders was not replaced: it is a table and would become a view, and this warehouse cannot do that without a moment in which shop.orders is gone. Give the model another alias and let readers move over, or run it with --full-refresh to accept the moment."`,
    );
    expect(fail(table, { existing: existing('orders', 'materialized_view') })).toContain(
      'it is a materialized view and would become a table',
    );
  });

  it('drops the old relation on a full refresh, when the new one has been built and audited', () => {
    expect(run(table, { ...hasView, fullRefresh: true })).toMatchInlineSnapshot(`
      "create or replace table "db"."shop"."orders__strata_0a1b2c3d" as select 1 as id
      [audit shop.orders__strata_0a1b2c3d]
      drop view if exists "db"."shop"."orders"
      create table "db"."shop"."orders" as from "db"."shop"."orders__strata_0a1b2c3d"
      drop table if exists "db"."shop"."orders__strata_0a1b2c3d"
      [published]"
    `);
    expect(run(view, { ...hasTable, ...unaudited, fullRefresh: true })).toMatchInlineSnapshot(`
      "create or replace view "db"."shop"."orders__strata_0a1b2c3d" as select 1 as id
      drop table if exists "db"."shop"."orders"
      create view "db"."shop"."orders" as select 1 as id
      drop view if exists "db"."shop"."orders__strata_0a1b2c3d"
      [published]"
    `);
  });

  it('explains that partitions or clusters would change', () => {
    const failures = { 'select error': 'the new table has a different layout' };
    expect(fail(table, hasTable, { failures }, stubbornDialect)).toMatchInlineSnapshot(`
      "create or replace table "db"."shop"."orders__strata_0a1b2c3d" as select 1 as id
      [audit shop.orders__strata_0a1b2c3d]
      select error('the new table has a different layout')
      drop table if exists "db"."shop"."orders__strata_0a1b2c3d"
      replace-refused: models/orders.sql: shop.orders was not replaced: its partitions or clusters would change, and this warehouse cannot do that without a moment in which shop.orders is gone. Give the model another alias and let readers move over, or run it with --full-refresh to accept the moment."
    `);
    const atOnce = { 'create or replace': 'the new table has a different layout' };
    expect(fail(table, { ...hasTable, ...unaudited }, { failures: atOnce }, stubbornDialect)).toMatchInlineSnapshot(`
      "create or replace table "db"."shop"."orders" as select 1 as id
      replace-refused: models/orders.sql: shop.orders was not replaced: its partitions or clusters would change, and this warehouse cannot do that without a moment in which shop.orders is gone. Give the model another alias and let readers move over, or run it with --full-refresh to accept the moment."
    `);
  });

  it('replaces a table by one of another layout on a full refresh, and only where that is what is in the way', () => {
    const failures = { 'select error': 'the new table has a different layout' };
    const refreshed = { ...hasTable, fullRefresh: true };
    expect(fail(table, refreshed, { failures }, stubbornDialect)).toMatchInlineSnapshot(`
      "create or replace table "db"."shop"."orders__strata_0a1b2c3d" as select 1 as id
      [audit shop.orders__strata_0a1b2c3d]
      select error('the new table has a different layout')
      drop table if exists "db"."shop"."orders"
      create table "db"."shop"."orders" as from "db"."shop"."orders__strata_0a1b2c3d"
      drop table if exists "db"."shop"."orders__strata_0a1b2c3d"
      [published]"
    `);
    const atOnce = { ...failures, 'create or replace table "db"."shop"."orders" ': failures['select error'] };
    expect(fail(table, { ...refreshed, ...unaudited }, { failures: atOnce }, stubbornDialect)).toMatchInlineSnapshot(`
      "create or replace table "db"."shop"."orders" as select 1 as id
      create or replace table "db"."shop"."orders__strata_0a1b2c3d" as select 1 as id
      select error('the new table has a different layout')
      drop table if exists "db"."shop"."orders"
      create table "db"."shop"."orders" as from "db"."shop"."orders__strata_0a1b2c3d"
      drop table if exists "db"."shop"."orders__strata_0a1b2c3d"
      [published]"
    `);
    expect(
      fail(table, refreshed, { failures: { 'select error': 'quota exceeded' } }, stubbornDialect),
    ).toMatchInlineSnapshot(`
        "create or replace table "db"."shop"."orders__strata_0a1b2c3d" as select 1 as id
        [audit shop.orders__strata_0a1b2c3d]
        select error('the new table has a different layout')
        drop table if exists "db"."shop"."orders__strata_0a1b2c3d"
        database-error: quota exceeded"
      `);
  });
});
