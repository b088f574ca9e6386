import { inFile, type MalformedCase } from '../malformed-case.ts';

const inOrders = inFile('models/orders.sql');

/** Refs to nothing, names given twice and nodes that wait for one another. */
export const refsAndCycles: readonly MalformedCase[] = [
  {
    name: 'a misspelt ref',
    files: { 'models/orders.sql': "select * from {{ ref('raw_ordrs') }}\n" },
    stderr: ['Error: models/orders.sql:1:22: ref("raw_ordrs") not found. Did you mean "raw_orders"?'],
    asProcess: true,
  },
  inOrders(
    'a ref like no other',
    "select * from {{ ref('everything') }}\n",
    'Error: models/orders.sql:1:22: ref("everything") not found. No model, seed or snapshot has this name.',
  ),
  inOrders(
    'a ref on the third line',
    "select *\nfrom\n  {{ ref('raw_ordrs') }}\n",
    'Error: models/orders.sql:3:10: ref("raw_ordrs") not found. Did you mean "raw_orders"?',
  ),
  inOrders(
    'a ref without name',
    'select * from {{ ref() }}\n',
    'Error: models/orders.sql:1:21: ref() takes a name, or a package and a name, not 0.',
  ),
  inOrders(
    'a ref with three names',
    "select * from {{ ref('shop', 'raw_orders', 'x') }}\n",
    'Error: models/orders.sql:1:21: ref() takes a name, or a package and a name, not 3.',
  ),
  inOrders(
    'a ref to a package that is not there',
    "select * from {{ ref('kit', 'raw_orders') }}\n",
    'Error: models/orders.sql:1:29: ref("kit", "raw_orders") not found. Did you mean "raw_orders"?',
  ),
  inOrders(
    'a ref to a version that is not there',
    "select * from {{ ref('raw_orders', v=2) }}\n",
    'Error: models/orders.sql:1:22: ref("raw_orders", v=2) not found. Did you mean "raw_orders"?',
  ),
  inOrders(
    'a ref with a number',
    'select * from {{ ref(3) }}\n',
    'Error: models/orders.sql:1: ref("3") not found. No model, seed or snapshot has this name.',
  ),
  {
    name: 'a ref to a disabled model',
    files: {
      'models/orders.sql': "select * from {{ ref('old_orders') }}\n",
      'models/old_orders.sql': '{{ config(enabled=false) }}\nselect 1 as id\n',
    },
    stderr: [
      'Error: models/orders.sql:1:22: ref("old_orders") names a model that is disabled. Enable it (models/old_orders.sql), or disable this model too.',
    ],
  },
  {
    name: 'a ref to a test',
    files: {
      'models/orders.sql': "select * from {{ ref('no_refunds') }}\n",
      'tests/no_refunds.sql': 'select 1 as id where false\n',
    },
    stderr: ['Error: models/orders.sql:1:22: ref("no_refunds") not found. No model, seed or snapshot has this name.'],
  },
  {
    name: 'a ref in a macro',
    files: {
      'models/orders.sql': 'select * from {{ base() }}\n',
      'macros/base.sql': "{% macro base() %}{{ ref('raw_ordrs') }}{% endmacro %}\n",
    },
    stderr: [
      'Error: models/orders.sql:1: ref("raw_ordrs") not found. Did you mean "raw_orders"? The ref is made by a macro or an expression.',
    ],
  },
  {
    name: 'the same unknown ref in three models',
    files: {
      'models/orders.sql': "select * from {{ ref('nowhere') }}\n",
      'models/customers.sql': "select * from {{ ref('nowhere') }}\n",
      'models/a.sql': "select * from {{ ref('nowhere') }} join {{ ref('nowhere') }} using (id)\n",
    },
    stderr: [
      'Error: models/a.sql:1:22: ref("nowhere") not found. No model, seed or snapshot has this name.',
      'Error: models/customers.sql:1:22: ref("nowhere") not found. No model, seed or snapshot has this name.',
      'Error: models/orders.sql:1:22: ref("nowhere") not found. No model, seed or snapshot has this name.',
      '3 errors. Nothing was run.',
    ],
  },
  inOrders(
    'a model that reads itself',
    "select * from {{ ref('orders') }}\n",
    'Error: models/orders.sql:1:22: These nodes wait for one another: orders -> orders. Remove one of the refs, or move what both need into a model of its own.',
  ),
  {
    name: 'two models that read each other',
    files: { 'models/orders.sql': "select * from {{ ref('customers') }}\n" },
    stderr: [
      'Error: models/customers.sql:2:13: These nodes wait for one another: customers -> orders -> customers. Remove one of the refs, or move what both need into a model of its own.',
    ],
    asProcess: true,
  },
  {
    name: 'a cycle of four',
    files: {
      'models/orders.sql': "select * from {{ ref('d') }}\n",
      'models/b.sql': "select * from {{ ref('orders') }}\n",
      'models/c.sql': "select * from {{ ref('b') }}\n",
      'models/d.sql': "select * from {{ ref('c') }}\n",
    },
    stderr: [
      'Error: models/b.sql:1:22: These nodes wait for one another: b -> c -> d -> orders -> b. Remove one of the refs, or move what both need into a model of its own.',
    ],
  },
  {
    name: 'a cycle of ephemeral models',
    files: {
      'models/orders.sql': "{{ config(materialized='ephemeral') }}select * from {{ ref('b') }}\n",
      'models/b.sql': "{{ config(materialized='ephemeral') }}select * from {{ ref('orders') }}\n",
    },
    stderr: [
      'Error: models/b.sql:1:60: These nodes wait for one another: b -> orders -> b. Remove one of the refs, or move what both need into a model of its own.',
    ],
  },
  {
    name: 'a cycle beside an unknown ref',
    files: {
      'models/orders.sql': "select * from {{ ref('customers') }}\n",
      'models/a.sql': "select * from {{ ref('nowhere') }}\n",
    },
    stderr: [
      'Error: models/a.sql:1:22: ref("nowhere") not found. No model, seed or snapshot has this name.',
      'Error: models/customers.sql:2:13: These nodes wait for one another: customers -> orders -> customers. Remove one of the refs, or move what both need into a model of its own.',
      '2 errors. Nothing was run.',
    ],
  },
  {
    name: 'two cycles',
    files: {
      'models/orders.sql': "select * from {{ ref('customers') }}\n",
      'models/a.sql': "select * from {{ ref('b') }}\n",
      'models/b.sql': "select * from {{ ref('a') }}\n",
    },
    stderr: [
      'Error: models/a.sql:1:22: These nodes wait for one another: a -> b -> a. Remove one of the refs, or move what both need into a model of its own.',
      'Error: models/customers.sql:2:13: These nodes wait for one another: customers -> orders -> customers. Remove one of the refs, or move what both need into a model of its own.',
      '2 errors. Nothing was run.',
    ],
  },
  inOrders(
    'a cycle through a source that a seed fills',
    "{{ config(alias='raw_orders', schema='x') }}select * from {{ ref('customers') }}\n",
    'Error: models/customers.sql:2:13: These nodes wait for one another: customers -> orders -> customers. Remove one of the refs, or move what both need into a model of its own.',
  ),
  {
    name: 'two models of one name',
    files: { 'models/old/orders.sql': 'select 1 as id\n' },
    stderr: ['Error: models/orders.sql:1: Two models are named "orders". The other one is at models/old/orders.sql:1.'],
  },
  {
    name: 'a model and a seed of one name',
    files: { 'models/raw_orders.sql': 'select 1 as id\n' },
    stderr: [
      'Error: seeds/raw_orders.csv:1: ref("raw_orders") could mean a model or a seed. The other one is at models/raw_orders.sql:1.',
    ],
  },
  {
    name: 'two models that fill one table',
    files: { 'models/old_orders.sql': "{{ config(alias='orders') }}select 1 as id\n" },
    stderr: [
      'Error: models/orders.sql:1: Model "orders" and model "old_orders" would both fill "shop"."main"."orders". Give one of them another alias or schema.',
    ],
  },
  {
    name: 'a model that fills the table of a seed',
    files: { 'models/old_orders.sql': "{{ config(alias='raw_orders') }}select 1 as id\n" },
    stderr: [
      'Error: seeds/raw_orders.csv:1: Seed "raw_orders" and model "old_orders" would both fill "shop"."main"."raw_orders". Give one of them another alias or schema.',
    ],
  },
  {
    name: 'names that differ in case only',
    files: { 'models/Orders.sql': 'select 1 as id\n' },
    stderr: [
      'Error: models/orders.sql:1: Model "orders" and model "Orders" would both fill "shop"."main"."orders". Give one of them another alias or schema.',
    ],
  },
  {
    name: 'a Python model',
    files: { 'models/scores.py': "def model(dbt, session):\n    return dbt.ref('orders')\n" },
    stderr: [
      'Error: models/scores.py:1: Models in Python are not supported. Write it in SQL, or move it out of the model folders.',
    ],
  },
  inOrders(
    'a depends_on comment with an unknown ref',
    "-- depends_on: {{ ref('raw_ordrs') }}\nselect 1 as order_id, 1 as customer_id, 1 as amount\n",
    'Error: models/orders.sql:1:23: ref("raw_ordrs") not found. Did you mean "raw_orders"?',
  ),
  {
    name: 'many mistakes of many kinds',
    files: {
      'models/orders.sql': "{{ config(materialised='table') }}select * from {{ ref('raw_ordrs') }}\n",
      'models/customers.sql': "select {{ nope() }} from {{ source('raw', 'x') }}\n",
      'models/schema.yml': 'models:\n  - name: orders\n    columns:\n      - name: id\n        data_tests: [uniqe]\n',
    },
    stderr: [
      'Error: models/customers.sql:1:15: "nope" is no macro, package or variable here. No packages are installed.',
      'Error: models/orders.sql:1: Unknown setting "materialised" of model "orders". Did you mean "materialized"?',
      'Error: models/orders.sql:1:56: ref("raw_ordrs") not found. Did you mean "raw_orders"?',
      'Error: models/schema.yml:5: Test "uniqe" not found. Did you mean "unique"?',
      '4 errors. Nothing was run.',
    ],
  },
];
