import type { Scenario } from '../scenario.ts';

/** Two rows, of which the second run brings one again; `rows` are those after it. */
function keyed(name: string, config: string, [key, other]: readonly [string, string], rows = replaced): Scenario {
  const column = (text: string) => `{{ adapter.quote('${text}') }}`;
  return {
    name,
    files: {
      'models/things.sql': `{{ config(materialized='incremental', ${config}) }}
select 1 as ${column(key)}, 'a' as ${column(other)}, {{ var('run') }} as ${column('N')}
{%- if var('run') == 1 %}
union all
select 2, 'a', 1
{%- endif %}\n`,
    },
    steps: [
      { run: 'run', vars: { run: 1 }, columns: { things: [key, other, 'N'] } },
      { run: 'run', vars: { run: 2 }, columns: { things: [key, other, 'N'] }, rows: { things: rows } },
    ],
  };
}

const replaced = [
  [1, 'a', 2],
  [2, 'a', 1],
];
const kept = [
  [1, 'a', 1],
  [2, 'a', 1],
];
const merge = "incremental_strategy='merge'";
const mixed = ['orderId', 'Group'] as const;

/** Settings that name columns, with and without quotes. */
export const quotedKeys: readonly Scenario[] = [
  keyed('a key in quotes', "unique_key=adapter.quote('ORDER_ID')", ['ORDER_ID', 'LABEL']),
  keyed('a key in quotes that is a reserved word', "unique_key=adapter.quote('Order')", ['Order', 'Select']),
  keyed('a key in quotes and mixed case', `${merge}, unique_key=adapter.quote('orderId')`, mixed),
  keyed('a key in mixed case without quotes', `${merge}, unique_key='orderId'`, mixed),
  keyed('a key in another case than its column', "unique_key='order_id'", ['ORDER_ID', 'LABEL']),
  keyed('several keys, some in quotes', "unique_key=[adapter.quote('orderId'), 'group']", mixed),
  keyed(
    'merge updates only a column in quotes',
    `${merge}, unique_key='orderId', merge_update_columns=[adapter.quote('Group')]`,
    mixed,
    kept,
  ),
  keyed(
    'merge updates all columns but one in quotes and mixed case',
    `${merge}, unique_key=adapter.quote('orderId'), merge_exclude_columns=[adapter.quote('Group')]`,
    mixed,
  ),
  {
    name: 'partitions, clusters and indexes by columns in quotes',
    files: {
      'models/things.sql': `{{ config(
    materialized='table', partition_by={'field': adapter.quote('onDay')}, cluster_by=[adapter.quote('myKey')],
    indexes=[{'columns': [adapter.quote('myKey')], 'unique': true}]
) }}
select cast('2025-01-02' as date) as {{ adapter.quote('onDay') }}, 1 as {{ adapter.quote('myKey') }}\n`,
    },
    steps: [{ run: 'run' }, { run: 'run', rows: { things: [['2025-01-02', 1]] } }],
  },
];
