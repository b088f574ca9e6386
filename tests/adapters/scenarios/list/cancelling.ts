import type { Theme } from '../scenario.ts';

/** A query that runs until somebody stops it, in each warehouse's words. */
const slow = `{% macro slow_query() %}{{ return(adapter.dispatch('slow_query')()) }}{% endmacro %}
{% macro duckdb__slow_query() %}
select count(*) as n from range(100000) as a, range(10000000) as b where (a.range * b.range) % 7 = 3
{% endmacro %}
{% macro postgres__slow_query() %}select 1 as n from pg_sleep(60){% endmacro %}
{% macro bigquery__slow_query() %}
select count(*) as n
from unnest(generate_array(1, 100000)) as a
cross join unnest(generate_array(1, 10000000)) as b
where mod(a * b, 7) = 3
{% endmacro %}
{% macro snowflake__slow_query() %}
select count(*) as n
from table(generator(rowcount => 1000000)) as a
cross join table(generator(rowcount => 1000000)) as b
{% endmacro %}
`;
const model = (materialized: string) => `{{ config(materialized='${materialized}') }}
{% if var('run') == 2 %}{{ slow_query() }}{% else %}select 1 as n{% endif %}\n`;

/** Ctrl-C in mid-run. */
export const cancelling: Theme = {
  title: 'Cancelling',
  scenarios: [
    {
      name: 'a cancelled build ends at once, leaves the old tables, and the next run is clean',
      files: {
        'macros/slow.sql': slow,
        'models/things.sql': model('table'),
        'models/grown.sql': model('incremental'),
        'models/counted.sql': "{{ config(materialized='table') }}\nselect count(*) as n from {{ ref('things') }}\n",
      },
      steps: [
        { run: 'build', vars: { run: 1 } },
        {
          run: 'build',
          vars: { run: 2 },
          interrupt: true,
          exit: 130,
          statuses: { things: 'skipped', grown: 'skipped', counted: 'skipped' },
          rows: { things: [[1]], grown: [[1]], counted: [[1]] },
        },
        {
          run: 'build',
          vars: { run: 3 },
          rows: { things: [[1]], grown: [[1], [1]] },
          relations: { things: 'table', grown: 'table', counted: 'table' },
        },
      ],
    },
  ],
};
