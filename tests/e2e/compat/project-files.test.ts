import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CompatProject } from './compat-project.ts';

// Where dbt's own macros and files say something about a node: hooks, headers, comments, ignored files, overrides.

const log = (step: string) => `insert into main.log values ('${step}')`;
const project = new CompatProject({
  'dbt_project.yml': [
    'name: shop',
    'profile: shop',
    'on-run-start: "create or replace table main.log (step varchar)"',
    'dispatch: [{macro_namespace: dbt, search_order: [shop, dbt]}]',
    '',
  ].join('\n'),
  '.dbtignore': '# drafts\ndraft_*\n',
  'models/draft_orders.sql': 'select nothing at all',
  'models/orders.sql': [
    "{{ config(materialized='table', persist_docs={'relation': true, 'columns': true},",
    `    pre_hook=[before_begin("${log('before')}"), "${log('pre')}"],`,
    `    post_hook=[after_commit("${log('after')}"), in_transaction("${log('post')}")]) }}`,
    `select 1 as order_id, {{ dbt.dateadd('day', 1, 'x') }} as moved`,
  ].join('\n'),
  'models/orders.yml': [
    'models:',
    '  - name: orders',
    '    description: All orders.',
    '    columns: [{name: Order_ID, description: The key.}, {name: gone, description: Not there any more.}]',
    '',
  ].join('\n'),
  'macros/dateadd.sql': `{% macro duckdb__dateadd(datepart, interval, from_date_or_timestamp) %}'{{ interval }} {{ datepart }}'{% endmacro %}`,
  'seeds/Shops.csv': 'Shop ID,opened_at,is_open\n1,2024-01-02 03:04,yes\n2,,no\n',
  'seeds/shops.yml': 'seeds:\n  - {name: Shops, config: {column_types: {opened_at: timestamp, is_open: boolean}}}\n',
});
afterAll(() => project.remove());
let code: number | null = null;
beforeAll(async () => {
  code = (await project.run('build')).code;
});

describe('a project that uses all the files and macros dbt has', () => {
  it('is built without the files that are to be ignored', () => {
    expect(code).toBe(0);
    expect(project.statuses()).toEqual([
      'model.shop.orders success',
      'operation.shop.shop-on-run-start-0 success',
      'seed.shop.Shops success',
    ]);
  });

  it('runs hooks around the transaction and in it', async () => {
    expect(await project.rows("select string_agg(step, ' ' order by rowid) as steps from log")).toEqual([
      { steps: 'before pre post after' },
    ]);
  });

  it('overrides a macro of dbt by a dispatch', async () => {
    expect(await project.rows('select * from orders')).toEqual([{ order_id: 1, moved: '1 day' }]);
  });

  it('keeps the descriptions of what is there', async () => {
    const comments = "select comment from duckdb_columns() where table_name = 'orders' and comment is not null";
    expect(await project.rows(comments)).toEqual([{ comment: 'The key.' }]);
  });

  it('reads a seed as its declared types allow, and keeps the names of its columns', async () => {
    expect(await project.rows('select * from Shops order by 1')).toEqual([
      { 'Shop ID': 1, opened_at: '2024-01-02 03:04:00', is_open: true },
      { 'Shop ID': 2, opened_at: null, is_open: false },
    ]);
  });
});
