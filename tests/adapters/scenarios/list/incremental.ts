import { rowsOf, type Scenario, type Theme } from '../scenario.ts';

/** New rows of the first run and of the later ones; 2 is in both. */
const changes = `{{ config(materialized='view') }}
{% if var('run') == 1 %}
${rowsOf(['id', 'name', 'price'], ['1', "'one'", '10'], ['2', "'two'", '20'])}
{%- else %}
${rowsOf(['id', 'name', 'price'], ['2', "'deux'", '21'], ['3', "'trois'", '31'])}
{%- endif %}
`;
const latest = [
  [2, 'deux', 21],
  [3, 'trois', 31],
];
const before = [
  [1, 'one', 10],
  [2, 'two', 20],
];

/** A model over `changes`, run twice and then from nothing. */
function twice(name: string, config: string, second: readonly (readonly (number | string)[])[]): Scenario {
  const model = `{{ config(materialized='incremental', ${config}) }}\nselect * from {{ ref('changes') }}\n`;
  return {
    name,
    files: { 'models/changes.sql': changes, 'models/kept.sql': model },
    steps: [
      { run: 'run', vars: { run: 1 }, rows: { kept: before }, relations: { changes: 'view', kept: 'table' } },
      { run: 'run', vars: { run: 2 }, rows: { kept: second }, relations: { changes: 'view', kept: 'table' } },
      { run: 'run --full-refresh', vars: { run: 2 }, rows: { kept: latest } },
    ],
  };
}

const one = [1, 'one', 10];
const days = ['day', 'label'];
const partitioned = `{{ config(
    materialized='incremental', incremental_strategy='insert_overwrite',
    partition_by={'field': 'day', 'data_type': 'date'}
) }}
{% if var('run') == 1 %}
${rowsOf(days, ["cast('2025-01-01' as date)", "'a'"], ["cast('2025-01-01' as date)", "'b'"], ["cast('2025-01-02' as date)", "'c'"])}
{%- else %}
${rowsOf(days, ["cast('2025-01-02' as date)", "'d'"], ["cast('2025-01-03' as date)", "'e'"])}
{%- endif %}
`;
const overwritten = [
  ['2025-01-02', 'd'],
  ['2025-01-03', 'e'],
];

function overwrite(name: string, rows: readonly (readonly string[])[]): Scenario {
  return {
    name,
    files: { 'models/by_day.sql': partitioned },
    steps: [
      {
        run: 'run',
        vars: { run: 1 },
        rows: {
          by_day: [
            ['2025-01-01', 'a'],
            ['2025-01-01', 'b'],
            ['2025-01-02', 'c'],
          ],
        },
      },
      { run: 'run', vars: { run: 2 }, rows: { by_day: rows } },
      { run: 'run --full-refresh', vars: { run: 2 }, rows: { by_day: overwritten } },
    ],
  };
}

/** Every strategy: the first run, the second, and a full refresh. */
export const incremental: Theme = {
  title: 'Incremental models',
  scenarios: [
    twice('append adds rows', "incremental_strategy='append'", [...before, ...latest]),
    twice('delete+insert replaces rows by key', "incremental_strategy='delete+insert', unique_key='id'", [
      one,
      ...latest,
    ]),
    twice('merge updates rows by key and inserts the others', "incremental_strategy='merge', unique_key='id'", [
      one,
      ...latest,
    ]),
    twice('without a strategy rows are replaced by key', "unique_key='id'", [one, ...latest]),
    twice('without a key rows are added', "on_schema_change='ignore'", [...before, ...latest]),
    twice('a key of two columns, one of them new', "unique_key=['id', 'name']", [...before, ...latest]),
    twice(
      'merge updates only the columns it is told',
      "incremental_strategy='merge', unique_key='id', merge_update_columns=['price']",
      [one, [2, 'two', 21], [3, 'trois', 31]],
    ),
    twice(
      'merge updates all columns but those it is told to leave',
      "incremental_strategy='merge', unique_key='id', merge_exclude_columns=['price']",
      [one, [2, 'deux', 20], [3, 'trois', 31]],
    ),
    twice(
      'predicates limit the rows that merge looks at',
      "incremental_strategy='merge', unique_key='id', incremental_predicates=['DBT_INTERNAL_DEST.id > 2']",
      [...before, ...latest],
    ),
    overwrite('insert_overwrite replaces the partitions that new rows are in', [
      ['2025-01-01', 'a'],
      ['2025-01-01', 'b'],
      ...overwritten,
    ]),
    overwrite('insert_overwrite replaces the whole table', overwritten),
    {
      name: 'the model reads its own table, and full_refresh: false keeps it',
      files: {
        'models/counted.sql': `{{ config(materialized='incremental', full_refresh=false) }}
select {% if is_incremental() %}(select max(n) + 1 from {{ this }}){% else %}1{% endif %} as n\n`,
      },
      steps: [
        { run: 'run', rows: { counted: [[1]] } },
        { run: 'run', rows: { counted: [[1], [2]] } },
        { run: 'run --full-refresh', rows: { counted: [[1], [2], [3]] } },
      ],
    },
    {
      name: 'a run without new rows changes nothing',
      files: {
        'models/changes.sql': changes,
        'models/kept.sql': `{{ config(materialized='incremental', unique_key='id') }}
select * from {{ ref('changes') }}{% if is_incremental() %} where id > 100{% endif %}\n`,
      },
      steps: [
        { run: 'run', vars: { run: 1 }, rows: { kept: before } },
        { run: 'run', vars: { run: 2 }, rows: { kept: before } },
      ],
    },
    {
      name: 'a strategy the warehouse has not is an error that lists those it has',
      files: {
        'models/mirrored.sql':
          "{{ config(materialized='incremental', incremental_strategy='mirror') }}\nselect 1 as id\n",
        'macros/mirror.sql': '{% macro get_incremental_mirror_sql(arg_dict) %}select 1{% endmacro %}\n',
      },
      steps: [
        {
          run: 'run',
          exit: 1,
          statuses: { mirrored: 'error' },
          says: ['incremental strategy "mirror" is not supported', 'append', 'merge'],
        },
      ],
    },
  ],
};
