import type { Scenario, Theme } from '../scenario.ts';

/** What a warehouse's own catalog says of comments, in each warehouse's words. */
const catalog = `{% macro comments_of(relation) %}{{ return(adapter.dispatch('comments_of')(relation)) }}{% endmacro %}

{% macro duckdb__comments_of(relation) %}
select '' as name, comment from duckdb_tables()
where schema_name = '{{ relation.schema }}' and table_name = '{{ relation.identifier }}'
union all
select column_name, comment from duckdb_columns()
where schema_name = '{{ relation.schema }}' and table_name = '{{ relation.identifier }}'
{% endmacro %}

{% macro postgres__comments_of(relation) %}
select coalesce(a.attname::text, '') as name, d.description as comment
from pg_description as d
left join pg_attribute as a on d.objoid = a.attrelid and d.objsubid = a.attnum and d.objsubid > 0
where d.objoid = '{{ relation }}'::regclass
{% endmacro %}

{% macro bigquery__comments_of(relation) %}
select '' as name, trim(option_value, '"') as comment
from \`{{ relation.database }}\`.{{ relation.schema }}.INFORMATION_SCHEMA.TABLE_OPTIONS
where table_name = '{{ relation.identifier }}' and option_name = 'description'
union all
select column_name, description
from \`{{ relation.database }}\`.{{ relation.schema }}.INFORMATION_SCHEMA.COLUMN_FIELD_PATHS
where table_name = '{{ relation.identifier }}' and description is not null
{% endmacro %}

{% macro snowflake__comments_of(relation) %}
select '' as name, comment from information_schema.tables
where table_schema = '{{ relation.schema | upper }}' and table_name = '{{ relation.identifier | upper }}'
union all
select lower(column_name), comment from information_schema.columns
where table_schema = '{{ relation.schema | upper }}' and table_name = '{{ relation.identifier | upper }}'
{% endmacro %}
`;

/** The text of the statement that is running, where a warehouse can tell it. */
const running = `{% macro running_statement() %}{{ return(adapter.dispatch('running_statement')()) }}{% endmacro %}
{% macro default__running_statement() %}current_query(){% endmacro %}
{% macro snowflake__running_statement() %}current_statement(){% endmacro %}
`;

function persisted(name: string, description: string): Scenario {
  return {
    name,
    files: {
      'macros/comments_of.sql': catalog,
      'models/things.sql': `{{ config(materialized='table', persist_docs={'relation': true, 'columns': true}) }}
select 1 as id, 2 as other\n`,
      'models/things.yml': JSON.stringify({
        version: 2,
        models: [{ name: 'things', description, columns: [{ name: 'id', description: 'The key: ü.' }] }],
      }),
      'models/told.sql': `{{ config(materialized='table') }}
-- depends_on: {{ ref('things') }}
select name, comment from ({{ comments_of(ref('things')) }}) as comments where comment is not null\n`,
    },
    steps: [
      {
        run: 'run',
        rows: {
          told: [
            ['', description],
            ['id', 'The key: ü.'],
          ],
        },
      },
    ],
  };
}

/** Texts that go along with statements and tables. */
export const texts: Theme = {
  title: 'Comments',
  scenarios: [
    persisted('persist_docs keeps descriptions of a table and its columns in the warehouse', 'One row per thing.'),
    persisted('descriptions with quotes and backslashes', 'It\'s \\ "said".'),
    {
      name: 'persist_docs takes a table and a view of several columns, and leaves out columns that are gone',
      files: {
        'models/things.sql':
          "{{ config(materialized='table', persist_docs={'columns': true}) }}\nselect 1 as id, 2 as n\n",
        'models/seen.sql': `{{ config(materialized='view', persist_docs={'relation': true, 'columns': true}) }}
select n, id from {{ ref('things') }}\n`,
        'models/described.yml': JSON.stringify({
          version: 2,
          models: ['things', 'seen'].map((name) => ({
            name,
            description: `All ${name}.`,
            columns: ['id', 'gone', 'n'].map((column) => ({ name: column, description: `The ${column}; ü.` })),
          })),
        }),
      },
      steps: [
        { run: 'run', rows: { seen: [[2, 1]] }, columns: { seen: ['n', 'id'] } },
        { run: 'run', rows: { seen: [[2, 1]] } },
      ],
    },
    {
      name: 'the query comment stands in the statement and cannot end early',
      settings: { 'query-comment': "made by {{ node.name }} */ select '" },
      files: {
        'macros/running.sql': running,
        'models/things.sql': `{{ config(materialized='table') }}
select case when {{ running_statement() }} like '%made by things%' then 'told' end as comment\n`,
      },
      steps: [{ run: 'run', rows: { things: [['told']] } }],
    },
    {
      name: 'a query comment at the end',
      settings: { 'query-comment': { comment: 'made by {{ node.name }}', append: true } },
      files: { 'models/things.sql': "{{ config(materialized='table') }}\nselect 1 as id -- the last line\n" },
      steps: [{ run: 'run', rows: { things: [[1]] } }],
    },
    {
      name: 'comments, semicolons in texts and a comment at the end of a model',
      files: {
        'models/things.sql': `-- first; of all
{{ config(materialized='table') }}
/* a block; */
select 'a;b' as label, '--' as dashes, '/*' as opened, '{{ dbt.escape_single_quotes("it's") }}' as quoted -- the last; line`,
        'models/seen.sql': `{{ config(materialized='view') }}
select * from {{ ref('things') }} -- the last line`,
      },
      steps: [{ run: 'run', rows: { seen: [['a;b', '--', '/*', "it's"]] } }],
    },
  ],
};
