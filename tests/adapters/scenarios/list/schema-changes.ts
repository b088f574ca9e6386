import type { NodeStatus } from '../../../../orchestrator/manifest/results.ts';
import type { Rows, Scenario, Theme } from '../scenario.ts';

/** The first run has `id` and `gone`, the second `id` and `fresh`. */
const model = (policy: string) => `{{ config(
    materialized='incremental', unique_key='id', on_schema_change='${policy}'
) }}
{% if var('run') == 1 %}
select 1 as id, 7 as kept{% if var('loses', false) %}, 8 as gone{% endif %}
{% else %}
select 2 as id, 9 as kept, 5 as fresh
{% endif %}
`;

interface Change {
  readonly policy: string;
  readonly loses?: boolean;
  readonly columns: readonly string[];
  readonly rows: Rows;
  readonly status?: NodeStatus;
}

function changed(name: string, { policy, loses = false, columns, rows, status = 'success' }: Change): Scenario {
  const first = loses ? [[1, 7, 8]] : [[1, 7]];
  return {
    name,
    files: {
      'models/grown.sql': model(policy),
      'models/shape.sql': `{{ config(materialized='table') }}
{%- set names = adapter.get_columns_in_relation(ref('grown')) | map(attribute='name') | map('lower') -%}
select '{{ names | join(',') }}' as names\n`,
    },
    steps: [
      { run: 'run', vars: { run: 1, loses }, rows: { grown: first } },
      {
        run: 'run --select grown',
        vars: { run: 2, loses },
        exit: status === 'success' ? 0 : 1,
        statuses: { grown: status },
        rows: { grown: rows },
      },
      { run: 'run --select shape', vars: { run: 2, loses }, rows: { shape: [[columns.join(',')]] } },
    ],
  };
}

/** What becomes of an incremental table when the columns of its query change. */
export const schemaChanges: Theme = {
  title: 'on_schema_change',
  scenarios: [
    changed('ignore leaves new columns out', {
      policy: 'ignore',
      columns: ['id', 'kept'],
      rows: [
        [1, 7],
        [2, 9],
      ],
    }),
    changed('append_new_columns adds columns, and old rows have none of them', {
      policy: 'append_new_columns',
      columns: ['id', 'kept', 'fresh'],
      rows: [
        [1, 7, null],
        [2, 9, 5],
      ],
    }),
    changed('append_new_columns keeps columns that the query lost', {
      policy: 'append_new_columns',
      loses: true,
      columns: ['id', 'kept', 'gone', 'fresh'],
      rows: [
        [1, 7, 8, null],
        [2, 9, null, 5],
      ],
    }),
    changed('sync_all_columns adds and drops columns', {
      policy: 'sync_all_columns',
      loses: true,
      columns: ['id', 'kept', 'fresh'],
      rows: [
        [1, 7, null],
        [2, 9, 5],
      ],
    }),
    changed('fail stops the model and leaves the table', {
      policy: 'fail',
      columns: ['id', 'kept'],
      rows: [[1, 7]],
      status: 'error',
    }),
    {
      name: 'sync_all_columns widens a type',
      files: {
        'models/widened.sql': `{{ config(materialized='incremental', unique_key='id', on_schema_change='sync_all_columns') }}
{% if var('run') == 1 %}
select 1 as id, cast(7 as {{ dbt.type_int() }}) as amount
{% else %}
select 2 as id, cast(1.5 as {{ dbt.type_numeric() }}) as amount
{% endif %}
`,
        'models/summed.sql': `{{ config(materialized='table') }}
select cast(sum(amount) as {{ dbt.type_float() }}) as total from {{ ref('widened') }}\n`,
      },
      steps: [
        { run: 'run', vars: { run: 1 }, rows: { summed: [[7]] } },
        { run: 'run', vars: { run: 2 }, rows: { summed: [[8.5]] } },
      ],
    },
  ],
};
