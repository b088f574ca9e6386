import { rowsOf, type Theme } from '../scenario.ts';

const orders = rowsOf(['order_id', 'amount'], ['1', '10'], ['2', '20']);
const moreOrders = rowsOf(['order_id', 'amount', 'is_late'], ['2', '25', 'true'], ['3', '30', 'false']);
const asTable = "{{ config(materialized='table') }}\n";
const asView = "{{ config(materialized='view') }}\n";
const first = [
  [1, 10],
  [2, 20],
];
const second = [
  [2, 25, true],
  [3, 30, false],
];

/** What each materialization leaves, and what takes its place. */
export const materializations: Theme = {
  title: 'Materializations',
  scenarios: [
    {
      name: 'a table, and its replacement with other columns',
      files: { 'models/orders.sql': `${asTable}${orders}` },
      steps: [
        { run: 'run', statuses: { orders: 'success' }, rows: { orders: first }, relations: { orders: 'table' } },
        {
          run: 'run',
          files: { 'models/orders.sql': `${asTable}${moreOrders}` },
          rows: { orders: second },
          relations: { orders: 'table' },
        },
      ],
    },
    {
      name: 'a view, and its replacement with other columns',
      files: { 'models/orders.sql': `${asView}${orders}` },
      steps: [
        { run: 'run', rows: { orders: first }, relations: { orders: 'view' } },
        {
          run: 'run',
          files: { 'models/orders.sql': `${asView}${moreOrders}` },
          rows: { orders: second },
          relations: { orders: 'view' },
        },
      ],
    },
    {
      name: 'a view over a table that is rebuilt',
      files: {
        'models/orders.sql': `${asTable}${rowsOf(['order_id'], ["{{ var('order') }}"])}`,
        'models/seen.sql': `${asView}select order_id from {{ ref('orders') }}\n`,
      },
      steps: [
        { run: 'run', vars: { order: 1 }, rows: { seen: [[1]] } },
        { run: 'run', vars: { order: 2 }, rows: { seen: [[2]] }, relations: { orders: 'table', seen: 'view' } },
        { run: 'run --select orders', vars: { order: 3 }, rows: { seen: [[3]] } },
      ],
    },
    {
      name: 'ephemeral models, one upon another, become part of those that read them',
      files: {
        'models/raw.sql': `{{ config(materialized='ephemeral') }}\n${orders}`,
        'models/large.sql':
          "{{ config(materialized='ephemeral') }}\nselect * from {{ ref('raw') }} where amount > 15\n",
        'models/counted.sql': `${asTable}select l.order_id, r.amount from {{ ref('large') }} as l
inner join {{ ref('raw') }} as r on l.order_id = r.order_id\n`,
      },
      steps: [
        {
          run: 'run',
          statuses: { counted: 'success' },
          rows: { counted: [[2, 20]] },
          relations: { counted: 'table' },
        },
      ],
    },
    {
      name: 'a table becomes a view',
      files: { 'models/orders.sql': `${asTable}${orders}` },
      steps: [
        { run: 'run', relations: { orders: 'table' } },
        {
          run: 'run --full-refresh',
          files: { 'models/orders.sql': `${asView}${moreOrders}` },
          rows: { orders: second },
          relations: { orders: 'view' },
        },
      ],
    },
    {
      name: 'a view becomes a table',
      files: { 'models/orders.sql': `${asView}${orders}` },
      steps: [
        { run: 'run', relations: { orders: 'view' } },
        {
          run: 'run --full-refresh',
          files: { 'models/orders.sql': `${asTable}${moreOrders}` },
          rows: { orders: second },
          relations: { orders: 'table' },
        },
      ],
    },
    {
      name: 'a plain run refuses to turn a table into a view, since for a moment there would be neither',
      files: { 'models/orders.sql': `${asTable}${orders}` },
      steps: [
        { run: 'run' },
        {
          run: 'run',
          files: { 'models/orders.sql': `${asView}${moreOrders}` },
          exit: 1,
          statuses: { orders: 'error' },
          says: ['it is a table and would become a view', '--full-refresh'],
          rows: { orders: first },
          relations: { orders: 'table' },
        },
      ],
    },
    {
      name: 'a table without rows keeps its columns',
      files: {
        'models/nothing.sql': `${asTable}select * from (${orders}) as orders where order_id > 5\n`,
        'models/counted.sql': `${asTable}select count(*) as n from {{ ref('nothing') }} where amount > 1\n`,
      },
      steps: [{ run: 'run', rows: { nothing: [], counted: [[0]] } }],
    },
    {
      name: 'aliases, and schemas of their own',
      files: {
        'models/orders_v2.sql': `{{ config(materialized='table', alias='orders') }}\n${orders}`,
        'models/copied.sql': `{{ config(materialized='table', schema='marts') }}\nselect * from {{ ref('orders_v2') }}\n`,
      },
      steps: [{ run: 'run', rows: { orders_v2: first, copied: first }, relations: { orders: 'table' } }],
    },
    {
      name: 'templates ask the warehouse: run_query, columns of a relation, whether it exists',
      files: {
        'models/orders.sql': `${asTable}${orders}`,
        'models/asked.sql': `${asTable}
{%- set found = run_query('select max(amount) from ' ~ ref('orders')) -%}
{%- set names = adapter.get_columns_in_relation(ref('orders')) | map(attribute='name') | map('lower') | join(',') -%}
{%- set missing = adapter.get_relation(target.database, target.schema, 'nowhere') is none -%}
select {{ found.rows[0][0] if execute }} as largest, '{{ names }}' as names, {{ missing }} as is_missing\n`,
      },
      steps: [{ run: 'run', rows: { asked: [[20, 'order_id,amount', true]] } }],
    },
  ],
};
