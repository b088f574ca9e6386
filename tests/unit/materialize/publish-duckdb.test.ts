import { describe, expect, it } from 'vitest';
import { duckDbDialect } from '../../../orchestrator/dialects/duckdb.ts';
import type { Column } from '../../../orchestrator/manifest/relation.ts';
import type { Job } from '../../../orchestrator/materialize/step.ts';
import { hook, type NodeSpec } from '../run/support/project.ts';
import { type Answers, existing, listSteps, makeJob } from './steps.ts';

const id: Column = { name: 'id', type: 'integer' };
const note: Column = { name: 'note', type: 'text' };
const table: NodeSpec = { name: 'orders', sql: 'select 1 as id' };
const view: NodeSpec = { ...table, config: { materialized: 'view' } };
const hooked: NodeSpec = {
  ...table,
  config: {
    'pre-hook': [hook('vacuum', false), hook('set x = 1')],
    'post-hook': [hook('analyze'), hook('checkpoint', false)],
  },
};
const hasTable = { existing: existing('orders', 'table') };
const hasView = { existing: existing('orders', 'view') };

function onDuckDb(spec: NodeSpec, options: Partial<Job> = {}, answers: Answers = {}): string {
  return listSteps(makeJob(spec, options), duckDbDialect, answers).join('\n');
}

describe('publishing on DuckDB', () => {
  it('makes a new table, audits it and runs the hooks inside and outside the transaction', () => {
    expect(onDuckDb(hooked)).toMatchInlineSnapshot(`
      "[pre-hooks outside]
      [begin]
      [pre-hooks inside]
      create table "db"."shop"."orders" as select 1 as id
      [post-hooks inside]
      [audit shop.orders]
      [commit]
      [post-hooks outside]"
    `);
  });

  it('replaces a table under its own name and audits it there', () => {
    expect(onDuckDb(table, hasTable)).toMatchInlineSnapshot(`
      "[begin]
      create or replace table "db"."shop"."orders" as select 1 as id
      [audit shop.orders]
      [commit]"
    `);
  });

  it('spares a node without tests the audit, and one statement the transaction around it', () => {
    const unaudited = { ...hasTable, isAudited: false };
    expect(onDuckDb(table, unaudited)).toBe('create or replace table "db"."shop"."orders" as select 1 as id');
    expect(onDuckDb(view, { isAudited: false })).toBe('create view "db"."shop"."orders" as select 1 as id');
  });

  it('keeps the transaction of a node without tests that needs more than one statement', () => {
    const unaudited = { ...hasTable, isAudited: false };
    const config = { 'post-hook': [hook('analyze')] };
    expect(onDuckDb({ ...table, config }, unaudited)).toMatchInlineSnapshot(`
      "[begin]
      create or replace table "db"."shop"."orders" as select 1 as id
      [post-hooks inside]
      [commit]"
    `);
    expect(onDuckDb(table, { ...hasView, isAudited: false })).toMatchInlineSnapshot(`
      "[begin]
      drop view if exists "db"."shop"."orders"
      create table "db"."shop"."orders" as select 1 as id
      [commit]"
    `);
  });

  it('drops a view that becomes a table', () => {
    expect(onDuckDb(table, hasView)).toMatchInlineSnapshot(`
      "[begin]
      drop view if exists "db"."shop"."orders"
      create table "db"."shop"."orders" as select 1 as id
      [audit shop.orders]
      [commit]"
    `);
  });

  it('drops a table that becomes a view', () => {
    expect(onDuckDb(view, hasTable)).toMatchInlineSnapshot(`
      "[begin]
      drop table if exists "db"."shop"."orders"
      create view "db"."shop"."orders" as select 1 as id
      [audit shop.orders]
      [commit]"
    `);
  });

  it('loads a seed into a replaced table', () => {
    const seed: NodeSpec = { name: 'countries', type: 'seed' };
    const options = { existing: existing('countries', 'table'), seedColumns: [id, note] };
    expect(onDuckDb(seed, options)).toMatchInlineSnapshot(`
      "[begin]
      create or replace table "db"."shop"."countries" ( "id" integer, "note" text )
      [load-seed shop.countries]
      [audit shop.countries]
      [commit]"
    `);
  });

  it('fits a score before the transaction and registers the model inside it', () => {
    expect(onDuckDb({ ...table, config: { materialized: 'score' } })).toMatchInlineSnapshot(`
      "[score]
      [begin]
      create table "db"."shop"."orders" as select 1 as score
      insert into strata_models values (1)
      [audit shop.orders]
      [commit]"
    `);
  });

  it('keeps descriptions as comments, those of columns that are there under their own names', () => {
    const column = {
      name: 'id',
      description: "the order's id",
      data_type: null,
      quote: null,
      meta: {},
      tags: [],
      constraints: [],
    };
    const documented: NodeSpec = {
      ...table,
      description: 'All orders.',
      columns: { id: { ...column, name: 'ID' }, gone: { ...column, name: 'gone' } },
      config: { persist_docs: { relation: true, columns: true } },
    };
    const answers = { columns: { orders: [id] } };
    expect(onDuckDb(documented, {}, answers)).toMatchInlineSnapshot(`
      "[begin]
      create table "db"."shop"."orders" as select 1 as id
      comment on table "db"."shop"."orders" is 'All orders.'
      [describe shop.orders]
      comment on column "db"."shop"."orders"."id" is 'the order''s id'
      [audit shop.orders]
      [commit]"
    `);
  });
});
