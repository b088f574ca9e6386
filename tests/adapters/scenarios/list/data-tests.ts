import { rowsOf, type Theme } from '../scenario.ts';

const people = `{{ config(materialized='table') }}\n${rowsOf(
  ['id', 'name', 'boss_id'],
  ['1', "'Ann'", 'null'],
  ['2', "'Bob'", '1'],
  ['2', "'Cy'", '9'],
)}`;
const column = (name: string, ...tests: readonly unknown[]) => ({ name, data_tests: tests });
const properties = (model: string, ...columns: readonly unknown[]) =>
  JSON.stringify({ version: 2, models: [{ name: model, columns }] });
const named = (test: string, name: string, settings: object) => ({ [test]: { name, ...settings } });

/** Kinds of tests, their severities and what they leave. */
export const dataTests: Theme = {
  title: 'Tests',
  scenarios: [
    {
      name: 'unique, not_null, accepted_values and relationships tell good rows from bad',
      files: {
        'models/people.sql': people,
        'models/people.yml': properties(
          'people',
          column('id', named('not_null', 'ids_are_there', {}), named('unique', 'ids_are_unique', {})),
          column(
            'name',
            named('accepted_values', 'names_are_known', { arguments: { values: ['Ann', 'Bob', 'Cy'] } }),
            named('accepted_values', 'names_are_short', { arguments: { values: ['Cy'] } }),
          ),
          column(
            'boss_id',
            named('not_null', 'all_have_bosses', {}),
            named('relationships', 'bosses_exist', { arguments: { to: "ref('people')", field: 'id' } }),
          ),
        ),
      },
      steps: [
        { run: 'run' },
        {
          run: 'test',
          exit: 1,
          statuses: {
            ids_are_there: 'pass',
            ids_are_unique: 'fail',
            names_are_known: 'pass',
            names_are_short: 'fail',
            all_have_bosses: 'fail',
            bosses_exist: 'fail',
          },
        },
      ],
    },
    {
      name: 'severity, error_if, warn_if, limit, where and fail_calc',
      files: {
        'models/people.sql': people,
        'models/people.yml': properties(
          'people',
          column(
            'boss_id',
            named('not_null', 'warns', { config: { severity: 'warn' } }),
            named('not_null', 'warns_below_two', { config: { error_if: '>1', warn_if: '>0' } }),
            named('not_null', 'passes_below_two', { config: { error_if: '>1', warn_if: '>1' } }),
            named('not_null', 'looks_at_others', { config: { where: 'id > 1' } }),
          ),
          column(
            'id',
            named('unique', 'one_is_enough', { config: { limit: 1 } }),
            named('unique', 'counts_rows', { config: { fail_calc: 'sum(n_records)', error_if: '>2', warn_if: '=2' } }),
          ),
        ),
      },
      steps: [
        { run: 'run' },
        {
          run: 'test',
          exit: 1,
          statuses: {
            warns: 'warn',
            warns_below_two: 'warn',
            passes_below_two: 'pass',
            looks_at_others: 'pass',
            one_is_enough: 'fail',
            counts_rows: 'warn',
          },
        },
      ],
    },
    {
      name: 'tests of a query and of a macro of the project',
      files: {
        'models/people.sql': people,
        'tests/nobody_is_zoe.sql': "select * from {{ ref('people') }} where name = 'Zoe'\n",
        'tests/nobody_is_ann.sql': "select * from {{ ref('people') }} where name = 'Ann'\n",
        'macros/below.sql': `{% test below(model, column_name, most) %}
select {{ column_name }} from {{ model }} where {{ column_name }} >= {{ most }}
{% endtest %}\n`,
        'models/people.yml': properties(
          'people',
          column(
            'id',
            named('below', 'ids_below_two', { arguments: { most: 2 } }),
            named('below', 'ids_below_nine', { arguments: { most: 9 } }),
          ),
        ),
      },
      steps: [
        { run: 'run' },
        {
          run: 'test',
          exit: 1,
          statuses: { nobody_is_zoe: 'pass', nobody_is_ann: 'fail', ids_below_two: 'fail', ids_below_nine: 'pass' },
        },
      ],
    },
    {
      name: 'store_failures keeps the failing rows, and replaces them',
      files: {
        'models/people.sql': people,
        'tests/bosses.sql': `{{ config(store_failures=true) }}
select id, name from {{ ref('people') }} where boss_id is {{ 'not ' if var('run') == 2 }}null\n`,
      },
      steps: [
        { run: 'run', vars: { run: 1 } },
        { run: 'test', vars: { run: 1 }, exit: 1, statuses: { bosses: 'fail' }, rows: { bosses: [[1, 'Ann']] } },
        {
          run: 'test',
          vars: { run: 2 },
          exit: 1,
          rows: {
            bosses: [
              [2, 'Bob'],
              [2, 'Cy'],
            ],
          },
        },
      ],
    },
    {
      name: 'sources are tested too',
      files: {
        'models/people.sql': people,
        'models/sources.yml': JSON.stringify({
          version: 2,
          sources: [
            {
              name: 'hr',
              schema: '{{ target.schema }}',
              tables: [
                { name: 'staff', identifier: 'people', columns: [column('id', named('unique', 'staff_ids', {}))] },
              ],
            },
          ],
        }),
      },
      steps: [{ run: 'run' }, { run: 'test', exit: 1, statuses: { staff_ids: 'fail' } }],
    },
  ],
};
