import { inFile, type MalformedCase } from '../malformed-case.ts';

const inOrders = inFile('models/orders.sql');

/** Settings in SQL that are unknown, of the wrong type or that no run could follow. */
export const configs: readonly MalformedCase[] = [
  {
    name: 'a misspelt setting',
    files: {
      'models/orders.sql':
        "{{ config(materialised='table') }}\nselect 1 as order_id, 1 as customer_id, 1.5 as amount\n",
    },
    stderr: [
      'Error: models/orders.sql:1: Unknown setting "materialised" of model "orders". Did you mean "materialized"?',
    ],
    asProcess: true,
  },
  inOrders(
    'a setting like no other',
    "{{ config(owner_of_it_all='me') }}\nselect 1 as order_id, 1 as customer_id, 1.5 as amount\n",
    'Error: models/orders.sql:1: Unknown setting "owner_of_it_all" of model "orders". Put settings of your own under "meta".',
  ),
  inOrders(
    'an unknown materialization',
    "{{ config(materialized='tabel') }}\nselect 1 as order_id, 1 as customer_id, 1.5 as amount\n",
    'Error: models/orders.sql:1: orders: there is no materialization "tabel". Did you mean "table"?',
  ),
  inOrders(
    'a materialization like no other',
    "{{ config(materialized='hologram') }}\nselect 1 as order_id, 1 as customer_id, 1.5 as amount\n",
    'Error: models/orders.sql:1: orders: there is no materialization "hologram". Known: table, view, incremental, score, ephemeral.',
  ),
  inOrders(
    'a materialization that is a number',
    '{{ config(materialized=3) }}\nselect 1 as order_id, 1 as customer_id, 1.5 as amount\n',
    'Error: models/orders.sql:1: Setting "materialized" of model "orders" must be text, not 3.',
  ),
  inOrders(
    'enabled that is text',
    "{{ config(enabled='yes please') }}\nselect 1 as order_id, 1 as customer_id, 1.5 as amount\n",
    'Error: models/orders.sql:1: Setting "enabled" of model "orders" must be true or false, not "yes please".',
  ),
  inOrders(
    'tags that are a number',
    '{{ config(tags=3) }}\nselect 1 as order_id, 1 as customer_id, 1.5 as amount\n',
    'Error: models/orders.sql:1: Setting "tags" of model "orders" must be text or a list of texts, not 3.',
  ),
  inOrders(
    'meta that is a list',
    "{{ config(meta=['a']) }}\nselect 1 as order_id, 1 as customer_id, 1.5 as amount\n",
    'Error: models/orders.sql:1: Setting "meta" of model "orders" must be a mapping of keys to values, not ["a"].',
  ),
  inOrders(
    'a schema that is a list',
    "{{ config(schema=['a']) }}\nselect 1 as order_id, 1 as customer_id, 1.5 as amount\n",
    'Error: models/orders.sql:1: Setting "schema" of model "orders" must be text, not ["a"].',
  ),
  inOrders(
    'an unknown incremental strategy',
    "{{ config(materialized='incremental', incremental_strategy='upsert') }}\nselect 1 as order_id, 1 as customer_id, 1.5 as amount\n",
    'Error: models/orders.sql:1: orders: there is no incremental strategy "upsert". Known: append, delete+insert, merge.',
  ),
  inOrders(
    'delete+insert without key',
    "{{ config(materialized='incremental', incremental_strategy='delete+insert') }}\nselect 1 as order_id, 1 as customer_id, 1.5 as amount\n",
    'Error: models/orders.sql:1: orders: delete+insert needs a unique_key. Set unique_key to the column, or the list of columns, that tells rows apart.',
  ),
  inOrders(
    'a merge that names and excludes columns',
    "{{ config(materialized='incremental', unique_key='order_id', incremental_strategy='merge', merge_update_columns=['amount'], merge_exclude_columns=['customer_id']) }}\nselect 1 as order_id, 1 as customer_id, 1.5 as amount\n",
    'Error: models/orders.sql:1: orders: merge_update_columns and merge_exclude_columns cannot both be set. Keep one of them.',
  ),
  inOrders(
    'an unknown on_schema_change',
    "{{ config(materialized='incremental', on_schema_change='sync') }}\nselect 1 as order_id, 1 as customer_id, 1.5 as amount\n",
    'Error: models/orders.sql:1: Setting "on_schema_change" of model "orders" must be one of ignore, append_new_columns, sync_all_columns, fail, not "sync".',
  ),
  inOrders(
    'a key that is a number',
    "{{ config(materialized='incremental', unique_key=3) }}\nselect 1 as order_id, 1 as customer_id, 1.5 as amount\n",
    'Error: models/orders.sql:1: Setting "unique_key" of model "orders" must be text or a list of texts, not 3.',
  ),
  inOrders(
    'indexes that are no list',
    "{{ config(materialized='table', indexes='order_id') }}\nselect 1 as order_id, 1 as customer_id, 1.5 as amount\n",
    'Error: models/orders.sql:1: orders: config indexes must be a list of mappings with columns, unique and type. For instance: indexes: [{columns: [account_id], unique: true}].',
  ),
  inOrders(
    'an index without columns',
    "{{ config(materialized='table', indexes=[{'unique': true}]) }}\nselect 1 as order_id, 1 as customer_id, 1.5 as amount\n",
    'Error: models/orders.sql:1: orders: config indexes must be a list of mappings with columns, unique and type. For instance: indexes: [{columns: [account_id], unique: true}].',
  ),
  inOrders(
    'config with a positional value',
    "{{ config('table') }}\nselect 1 as order_id, 1 as customer_id, 1.5 as amount\n",
    "Error: models/orders.sql:1:10: config() takes settings by name, not 'table'. Write for example {{ config(materialized='table') }}.",
  ),
];
