import type { Theme } from '../scenario.ts';
import { quotedKeys } from './quoted-keys.ts';

const quoted = "{{ adapter.quote('order') }}";
const keep = { quoting: { database: true, schema: true, identifier: true } };

/** Names that need quotes, and what case means. */
export const names: Theme = {
  title: 'Names',
  scenarios: [
    {
      name: 'columns named by reserved words',
      files: {
        'models/things.sql': `{{ config(materialized='table') }}
select 1 as ${quoted}, 'x' as {{ adapter.quote('select') }}\n`,
        'models/read.sql': `{{ config(materialized='table') }}
select ${quoted} as n, {{ adapter.quote('select') }} as label from {{ ref('things') }}\n`,
      },
      steps: [{ run: 'run', columns: { things: ['order', 'select'] }, rows: { read: [[1, 'x']] } }],
    },
    {
      name: 'an incremental model with reserved words for columns and key',
      files: {
        'models/things.sql': `{{ config(
    materialized='incremental', incremental_strategy='merge', unique_key='order',
    on_schema_change='append_new_columns'
) }}
select 1 as ${quoted}, {{ var('run') }} as {{ adapter.quote('group') }}
{%- if var('run') == 2 %}, 5 as {{ adapter.quote('from') }}{% endif %}\n`,
      },
      steps: [
        { run: 'run', vars: { run: 1 }, rows: { things: [[1, 1]] } },
        {
          run: 'run',
          vars: { run: 2 },
          columns: { things: ['order', 'group', 'from'] },
          rows: { things: [[1, 2, 5]] },
        },
      ],
    },
    {
      name: 'columns in mixed case keep it where they are quoted',
      files: {
        'models/things.sql': `{{ config(materialized='table') }}
select 1 as {{ adapter.quote('orderId') }}\n`,
        'models/read.sql': `{{ config(materialized='table') }}
select {{ adapter.quote('orderId') }} as n from {{ ref('things') }}\n`,
      },
      steps: [{ run: 'run', columns: { things: ['orderId'] }, rows: { read: [[1]] } }],
    },
    {
      name: 'a model and a seed named by reserved words, quoted',
      settings: keep,
      files: {
        'models/order.sql': "{{ config(materialized='table') }}\nselect * from {{ ref('group') }}\n",
        'seeds/group.csv': 'id\n1\n',
      },
      steps: [{ run: 'build', rows: { order: [[1]] }, relations: { order: 'table', group: 'table' } }],
    },
    {
      name: 'a model in mixed case, quoted, is built twice under one name',
      settings: keep,
      files: { 'models/myOrders.sql': "{{ config(materialized='table') }}\nselect 1 as id\n" },
      steps: [{ run: 'run' }, { run: 'run', rows: { myOrders: [[1]] }, relations: { myorders: 'table' } }],
    },
    {
      name: 'unquoted names read what was made without quotes, in any case',
      files: {
        'models/things.sql': "{{ config(materialized='table') }}\nselect 1 as Id, 2 as AMOUNT\n",
        'models/read.sql': "{{ config(materialized='table') }}\nselect ID, amount from {{ ref('things') }}\n",
      },
      steps: [{ run: 'run' }, { run: 'run', rows: { read: [[1, 2]] } }],
    },
    {
      name: 'the longest name a model may have, rebuilt, with a view over it',
      files: {
        [`models/${'m'.repeat(63)}.sql`]: "{{ config(materialized='table') }}\nselect 1 as id\n",
        'models/seen.sql': `{{ config(materialized='view') }}\nselect * from {{ ref('${'m'.repeat(63)}') }}\n`,
      },
      steps: [
        { run: 'run' },
        { run: 'run', rows: { seen: [[1]] }, relations: { ['m'.repeat(63)]: 'table', seen: 'view' } },
      ],
    },
    {
      name: 'letters with accents in columns',
      files: {
        'models/things.sql': `{{ config(materialized='table') }}
select 1 as {{ adapter.quote('größe') }}\n`,
        'models/read.sql': `{{ config(materialized='table') }}
select {{ adapter.quote('größe') }} as n from {{ ref('things') }}\n`,
      },
      steps: [{ run: 'run', columns: { things: ['größe'] }, rows: { read: [[1]] } }],
    },
    ...quotedKeys,
  ],
};
