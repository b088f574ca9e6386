import { rowsOf, type Theme } from '../scenario.ts';

/** A model whose second build has an id twice. */
const model = (config: string) => `{{ config(${config}) }}
{% if var('run') == 1 %}
${rowsOf(['id', 'name'], ['1', "'one'"], ['2', "'two'"])}
{%- else %}
${rowsOf(['id', 'name'], ['3', "'three'"], ['3', "'trois'"])}
{%- endif %}
`;
const uniqueIds = (name: string, config: object = {}) =>
  JSON.stringify({
    version: 2,
    models: [{ name, columns: [{ name: 'id', data_tests: [{ unique: { name: 'ids_are_unique', config } }] }] }],
  });
const growing = `{{ config(materialized='incremental', on_schema_change='append_new_columns') }}
{% if var('run') == 1 %}
${rowsOf(['id', 'name'], ['1', "'one'"], ['2', "'two'"])}
{%- else %}
${rowsOf(['id', 'name', 'fresh'], ['2', "'deux'", '5'])}
{%- endif %}
`;
const reader = "{{ config(materialized='table') }}\nselect count(*) as n from {{ ref('things') }}\n";
const good = [
  [1, 'one'],
  [2, 'two'],
];
const bad = [
  [3, 'three'],
  [3, 'trois'],
];

/** Nothing is published that failed its tests. */
export const audits: Theme = {
  title: 'Publish after audit',
  scenarios: [
    {
      name: 'a failing audit leaves the old table and skips what lies downstream',
      files: {
        'models/things.sql': model("materialized='table'"),
        'models/things.yml': uniqueIds('things'),
        'models/counted.sql': reader,
      },
      steps: [
        { run: 'build', vars: { run: 1 }, rows: { things: good, counted: [[2]] } },
        {
          run: 'build',
          vars: { run: 2 },
          exit: 1,
          statuses: { things: 'error', ids_are_unique: 'fail', counted: 'skipped' },
          rows: { things: good, counted: [[2]] },
          relations: { things: 'table', counted: 'table' },
        },
      ],
    },
    {
      name: 'a first build that fails its audit leaves nothing',
      files: { 'models/things.sql': model("materialized='table'"), 'models/things.yml': uniqueIds('things') },
      steps: [{ run: 'build', vars: { run: 2 }, exit: 1, relations: {} }],
    },
    {
      name: 'a failing audit leaves the old view',
      files: {
        'models/things.sql': model("materialized='view'"),
        'models/things.yml': uniqueIds('things'),
      },
      steps: [
        { run: 'build', vars: { run: 1 }, rows: { things: good } },
        {
          run: 'build',
          vars: { run: 2 },
          exit: 1,
          rows: { things: good },
          relations: { things: 'view' },
        },
      ],
    },
    {
      name: 'a failing audit leaves an incremental table as it was, its columns too',
      files: {
        'models/things.sql': growing,
        'models/things.yml': uniqueIds('things'),
      },
      steps: [
        { run: 'build', vars: { run: 1 }, rows: { things: good } },
        {
          run: 'build',
          vars: { run: 2 },
          exit: 1,
          statuses: { things: 'error', ids_are_unique: 'fail' },
          rows: { things: good },
          relations: { things: 'table' },
        },
      ],
    },
    {
      name: 'a failing audit leaves a seed as it was',
      files: {
        'seeds/things.csv': 'id,name\n1,one\n2,two\n',
        'seeds/things.yml': uniqueIds('things').replace('"models"', '"seeds"'),
      },
      steps: [
        { run: 'build', rows: { things: good } },
        { run: 'build', files: { 'seeds/things.csv': 'id,name\n3,three\n3,trois\n' }, exit: 1, rows: { things: good } },
      ],
    },
    {
      name: 'an incremental model that passes its audit is published with old and new rows',
      files: {
        'models/things.sql': model("materialized='incremental', unique_key='id'"),
        'models/things.yml': JSON.stringify({
          version: 2,
          models: [{ name: 'things', columns: [{ name: 'id', data_tests: ['not_null'] }] }],
        }),
      },
      steps: [
        { run: 'build', vars: { run: 1 }, rows: { things: good } },
        { run: 'build', vars: { run: 2 }, rows: { things: [...good, ...bad] }, relations: { things: 'table' } },
      ],
    },
    {
      name: 'a warning publishes',
      files: {
        'models/things.sql': model("materialized='table'"),
        'models/things.yml': uniqueIds('things', { severity: 'warn' }),
        'models/counted.sql': reader,
      },
      steps: [
        { run: 'build', vars: { run: 1 } },
        {
          run: 'build',
          vars: { run: 2 },
          statuses: { things: 'success', ids_are_unique: 'warn', counted: 'success' },
          rows: { things: bad, counted: [[2]] },
        },
      ],
    },
    {
      name: 'a statement that fails leaves the old table, says why, and the next run is clean',
      files: {
        'models/things.sql': "{{ config(materialized='table') }}\nselect id from {{ var('from') }} as t\n",
      },
      steps: [
        { run: 'run', vars: { from: '(select 1 as id)' } },
        {
          run: 'run',
          vars: { from: 'nowhere_to_be_found' },
          exit: 1,
          statuses: { things: 'error' },
          rows: { things: [[1]] },
          says: ['nowhere_to_be_found'],
        },
        { run: 'run', vars: { from: '(select 2 as id)' }, rows: { things: [[2]] }, relations: { things: 'table' } },
      ],
    },
  ],
};
