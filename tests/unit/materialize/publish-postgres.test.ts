import { describe, expect, it } from 'vitest';
import { postgresDialect } from '../../../orchestrator/dialects/postgres.ts';
import type { Column } from '../../../orchestrator/manifest/relation.ts';
import type { Job } from '../../../orchestrator/materialize/step.ts';
import { hook, type NodeSpec } from '../run/support/project.ts';
import { type Answers, dependent, existing, listSteps, makeJob } from './steps.ts';

const id: Column = { name: 'id', type: 'integer' };
const amount: Column = { name: 'amount', type: 'double precision' };
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
const before: Answers = { dependents: { orders: [dependent('report', ['amount'])] } };

function onPostgres(spec: NodeSpec, options: Partial<Job> = {}, answers: Answers = {}): string {
  return listSteps(makeJob(spec, options), postgresDialect, answers).join('\n');
}

describe('publishing on Postgres', () => {
  it('makes a new table under its own name', () => {
    expect(onPostgres(table)).toMatchInlineSnapshot(`
      "[begin]
      create table "db"."shop"."orders" as select 1 as id
      [audit shop.orders]
      [commit]"
    `);
  });

  it('builds and audits aside, then swaps', () => {
    expect(onPostgres(table, hasTable)).toMatchInlineSnapshot(`
      "[begin]
      create table "db"."shop"."orders__strata_0a1b2c3d" as select 1 as id
      [audit shop.orders__strata_0a1b2c3d]
      [dependents shop.orders]
      drop table if exists "db"."shop"."orders"
      alter table "db"."shop"."orders__strata_0a1b2c3d" rename to "orders"
      [commit]"
    `);
  });

  it('audits after the hooks inside the transaction, since they may change rows', () => {
    expect(onPostgres(hooked, hasTable)).toMatchInlineSnapshot(`
      "[pre-hooks outside]
      [begin]
      [pre-hooks inside]
      create table "db"."shop"."orders__strata_0a1b2c3d" as select 1 as id
      [dependents shop.orders]
      drop table if exists "db"."shop"."orders"
      alter table "db"."shop"."orders__strata_0a1b2c3d" rename to "orders"
      [post-hooks inside]
      [audit shop.orders]
      [commit]
      [post-hooks outside]"
    `);
  });

  it('makes indexes on the table that will be seen', () => {
    const indexed = {
      ...table,
      config: {
        indexes: [
          { columns: ['id'], unique: true },
          { columns: ['a', 'b'], type: 'hash' },
        ],
      },
    };
    expect(onPostgres(indexed, hasTable)).toMatchInlineSnapshot(`
      "[begin]
      create table "db"."shop"."orders__strata_0a1b2c3d" as select 1 as id
      [audit shop.orders__strata_0a1b2c3d]
      [dependents shop.orders]
      create unique index "orders__strata_9f780187" on "db"."shop"."orders__strata_0a1b2c3d" ("id")
      create index "orders__strata_3d70a175" on "db"."shop"."orders__strata_0a1b2c3d" using hash ("a", "b")
      drop table if exists "db"."shop"."orders"
      alter table "db"."shop"."orders__strata_0a1b2c3d" rename to "orders"
      [commit]"
    `);
  });

  it('replaces the rows in place where a view of somebody reads the table', () => {
    const columns = { orders: [id, amount], orders__strata_0a1b2c3d: [id, amount] };
    expect(onPostgres(table, hasTable, { ...before, columns })).toMatchInlineSnapshot(`
      "[begin]
      create table "db"."shop"."orders__strata_0a1b2c3d" as select 1 as id
      [audit shop.orders__strata_0a1b2c3d]
      [dependents shop.orders]
      lock table "db"."shop"."orders" in share row exclusive mode
      [describe shop.orders]
      [describe shop.orders__strata_0a1b2c3d]
      [query]
      set local row_security = off; delete from "db"."shop"."orders"; set local row_security = default
      insert into "db"."shop"."orders" ("id", "amount") select "id", "amount" from ( select * from "db"."shop"."orders__strata_0a1b2c3d" ) as model_subq
      drop table if exists "db"."shop"."orders__strata_0a1b2c3d"
      [query]
      [commit]"
    `);
  });

  it('adds and drops columns that no view needs', () => {
    const columns = { orders: [amount, note], orders__strata_0a1b2c3d: [id, amount] };
    expect(onPostgres(table, hasTable, { ...before, columns })).toMatchInlineSnapshot(`
      "[begin]
      create table "db"."shop"."orders__strata_0a1b2c3d" as select 1 as id
      [audit shop.orders__strata_0a1b2c3d]
      [dependents shop.orders]
      lock table "db"."shop"."orders" in share row exclusive mode
      [describe shop.orders]
      [describe shop.orders__strata_0a1b2c3d]
      [query]
      set local row_security = off; delete from "db"."shop"."orders"; set local row_security = default
      alter table "db"."shop"."orders" drop column "note"
      alter table "db"."shop"."orders" add column "id" integer
      insert into "db"."shop"."orders" ("id", "amount") select "id", "amount" from ( select * from "db"."shop"."orders__strata_0a1b2c3d" ) as model_subq
      drop table if exists "db"."shop"."orders__strata_0a1b2c3d"
      [query]
      [commit]"
    `);
  });

  it('refuses to drop a column that a view of somebody needs', () => {
    const columns = { orders: [id, amount], orders__strata_0a1b2c3d: [id] };
    expect(() => onPostgres(table, hasTable, { ...before, columns })).toThrow(
      'shop.orders was not replaced: column "amount" would vanish or change type, which view shop.report (owner bi) still needs. Nothing was dropped.',
    );
  });

  it('refuses to change the type of a column that views need, and lists all of them', () => {
    const columns = { orders: [amount], orders__strata_0a1b2c3d: [{ name: 'amount', type: 'text' }] };
    const dependents = { orders: [dependent('report', ['amount']), dependent('board', ['amount'], 'ann')] };
    expect(() => onPostgres(table, hasTable, { columns, dependents })).toThrow(
      'shop.orders was not replaced: column "amount" would vanish or change type, which view shop.board (owner ann), view shop.report (owner bi) still need. Nothing was dropped.',
    );
  });

  it("makes the project's own views again, in the order they read each other", () => {
    const columns = { orders: [id, amount], orders__strata_0a1b2c3d: [id] };
    const dependents = {
      orders: [dependent('second', ['amount']), dependent('first', ['amount'])],
      first: [dependent('second', [])],
    };
    const ownViews = { 'shop.first': 'select id from orders', 'shop.second': 'select * from first, orders' };
    expect(onPostgres(table, hasTable, { columns, dependents, ownViews })).toMatchInlineSnapshot(`
      "[begin]
      create table "db"."shop"."orders__strata_0a1b2c3d" as select 1 as id
      [audit shop.orders__strata_0a1b2c3d]
      [dependents shop.orders]
      lock table "db"."shop"."orders" in share row exclusive mode
      [describe shop.orders]
      [describe shop.orders__strata_0a1b2c3d]
      [own-view shop.second]
      [dependents shop.second]
      [own-view shop.first]
      [dependents shop.first]
      [query]
      drop view if exists "db"."shop"."second"
      drop view if exists "db"."shop"."first"
      set local row_security = off; delete from "db"."shop"."orders"; set local row_security = default
      alter table "db"."shop"."orders" drop column "amount"
      insert into "db"."shop"."orders" ("id") select "id" from ( select * from "db"."shop"."orders__strata_0a1b2c3d" ) as model_subq
      drop table if exists "db"."shop"."orders__strata_0a1b2c3d"
      [query]
      create view "db"."shop"."first" as select id from orders
      create view "db"."shop"."second" as select * from first, orders
      [commit]"
    `);
  });

  it('does not make a view of ours again where a view of somebody else reads it', () => {
    const columns = { orders: [id, amount], orders__strata_0a1b2c3d: [id] };
    const dependents = { orders: [dependent('ours', ['amount'])], ours: [dependent('theirs', ['id'])] };
    const answers = { columns, dependents, ownViews: { 'shop.ours': 'select id from orders' } };
    expect(() => onPostgres(table, hasTable, answers)).toThrow('view shop.theirs (owner bi) still needs');
  });

  it('replaces a view in place where others read it and its columns only grow', () => {
    const columns = { orders: [id], orders__strata_0a1b2c3d: [id, amount] };
    const dependents = { orders: [dependent('report', ['id'])] };
    expect(onPostgres(view, hasView, { columns, dependents })).toMatchInlineSnapshot(`
      "[begin]
      create view "db"."shop"."orders__strata_0a1b2c3d" as select 1 as id
      [audit shop.orders__strata_0a1b2c3d]
      [dependents shop.orders]
      [describe shop.orders]
      [describe shop.orders__strata_0a1b2c3d]
      drop view if exists "db"."shop"."orders__strata_0a1b2c3d"
      create or replace view "db"."shop"."orders" as select 1 as id
      [commit]"
    `);
  });

  it('refuses to take columns from a view that others read', () => {
    const columns = { orders: [id, amount], orders__strata_0a1b2c3d: [id] };
    const dependents = { orders: [dependent('report', ['id'])] };
    expect(() => onPostgres(view, hasView, { columns, dependents })).toThrow(
      'shop.orders was not replaced: columns of the view would vanish, move or change type, which view shop.report (owner bi) still needs. Nothing was dropped.',
    );
  });

  it('refuses to make a view of a table that others read', () => {
    const dependents = { orders: [dependent('report', ['id'])] };
    expect(() => onPostgres(view, hasTable, { dependents })).toThrow(
      'shop.orders was not replaced: the table would become a view, which view shop.report (owner bi) still needs. Nothing was dropped.',
    );
  });

  it('swaps a view for a table that nobody reads', () => {
    expect(onPostgres(table, hasView)).toMatchInlineSnapshot(`
      "[begin]
      create table "db"."shop"."orders__strata_0a1b2c3d" as select 1 as id
      [audit shop.orders__strata_0a1b2c3d]
      [dependents shop.orders]
      drop view if exists "db"."shop"."orders"
      alter table "db"."shop"."orders__strata_0a1b2c3d" rename to "orders"
      [commit]"
    `);
  });
});
