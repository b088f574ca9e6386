import type { Theme } from '../scenario.ts';

const log = '{{ target.schema }}.hook_log';
const note = (what: string) => `insert into ${log} (at_step, what) select {{ var('run') }}, '${what}'`;
const makeLog = `create table if not exists ${log} (at_step {{ dbt.type_int() }}, what {{ dbt.type_string() }})`;
/** The log of the hooks, as a source, so that it can be read. */
const logSource = JSON.stringify({
  version: 2,
  sources: [{ name: 'hooks', schema: '{{ target.schema }}', tables: [{ name: 'hook_log' }] }],
});
const hooked = (materialized: string) => `{{ config(
    materialized='${materialized}',
    pre_hook=["${note('pre of {{ this.identifier }}')}"],
    post_hook=["${note('post of {{ this.identifier }}')}", {'sql': "${note('after all')}", 'transaction': false}]
) }}
select {{ var('run') }} as n\n`;

/** SQL around models and runs. */
export const hooks: Theme = {
  title: 'Hooks',
  scenarios: [
    {
      name: 'hooks before and after runs and models, in their order',
      settings: { 'on-run-start': [makeLog, note('start')], 'on-run-end': [note('end')] },
      files: { 'models/sources.yml': logSource, 'models/things.sql': hooked('table') },
      steps: [
        {
          run: 'run',
          vars: { run: 1 },
          rows: {
            hook_log: [
              [1, 'start'],
              [1, 'pre of things'],
              [1, 'post of things'],
              [1, 'after all'],
              [1, 'end'],
            ],
            things: [[1]],
          },
        },
      ],
    },
    {
      name: 'hooks of views and of incremental models on every run',
      settings: { 'on-run-start': [makeLog] },
      files: {
        'models/sources.yml': logSource,
        'models/seen.sql': hooked('view'),
        'models/grown.sql': hooked('incremental'),
      },
      steps: [
        { run: 'run --threads 1', vars: { run: 1 }, rows: { seen: [[1]], grown: [[1]] } },
        {
          run: 'run --threads 1',
          vars: { run: 2 },
          rows: {
            seen: [[2]],
            grown: [[1], [2]],
            hook_log: [1, 2].flatMap((run) =>
              ['seen', 'grown'].flatMap((name) => [
                [run, `pre of ${name}`],
                [run, `post of ${name}`],
                [run, 'after all'],
              ]),
            ),
          },
        },
      ],
    },
    {
      name: 'a post-hook that changes the table is audited with it',
      files: {
        'models/things.sql': `{{ config(
    materialized='table', post_hook="insert into {{ this }} (n) select {{ var('run') }}"
) }}
select 1 as n\n`,
        'models/things.yml': JSON.stringify({
          version: 2,
          models: [{ name: 'things', columns: [{ name: 'n', data_tests: ['unique'] }] }],
        }),
      },
      steps: [
        { run: 'build', vars: { run: 2 }, rows: { things: [[1], [2]] } },
        { run: 'build', vars: { run: 1 }, exit: 1, rows: { things: [[1], [2]] }, relations: { things: 'table' } },
      ],
    },
    {
      name: 'a hook that fails fails its model and leaves the old table',
      files: {
        'models/things.sql': `{{ config(
    materialized='table', pre_hook="{{ 'select * from nowhere_to_be_found' if var('run') == 2 }}"
) }}
select {{ var('run') }} as n\n`,
      },
      steps: [
        { run: 'run', vars: { run: 1 }, rows: { things: [[1]] } },
        { run: 'run', vars: { run: 2 }, exit: 1, statuses: { things: 'error' }, rows: { things: [[1]] } },
      ],
    },
    {
      name: 'a project hook that fails stops the run',
      settings: { 'on-run-start': ['select * from nowhere_to_be_found'] },
      files: { 'models/things.sql': "{{ config(materialized='table') }}\nselect 1 as n\n" },
      steps: [{ run: 'run', exit: 1, says: ['nowhere_to_be_found'], relations: {} }],
    },
  ],
};
