import type { Theme } from '../scenario.ts';
import { ownMacros } from './macro-scenario.ts';

const parse = (text: string) => `{{ parse_json(quote_text(${JSON.stringify(text)})) }}`;

/** Tables with columns of JSON. */
export const jsonTables: Theme = {
  title: 'Columns of JSON',
  scenarios: [
    {
      name: 'an incremental table merges columns of JSON and gets a new one',
      files: {
        ...ownMacros,
        'models/events.sql': `{{ config(materialized='incremental', unique_key='id', on_schema_change='append_new_columns') }}
select 1 as id, {% if var('later', false) %}${parse('{"n": 2}')} as payload, ${parse('["x"]')} as labels
{% else %}${parse('{"n": 1}')} as payload{% endif %}
`,
        'models/seen.sql': `{{ config(materialized='view') }}
select id, {{ json_text('payload', 'n') }} as n{% if var('later', false) %}, {{ json_text('labels', '[0]') }} as label{% endif %}
from {{ ref('events') }}
`,
      },
      steps: [
        { run: 'run', rows: { seen: [[1, '1']] } },
        { run: 'run', vars: { later: true }, rows: { seen: [[1, '2', 'x']] } },
      ],
    },
    {
      name: 'a contract names the type of a column of JSON',
      files: {
        ...ownMacros,
        'models/events.sql': `{{ config(materialized='table', contract={'enforced': true}) }}\nselect ${parse('{"n": 1}')} as payload\n`,
        'models/events.yml': JSON.stringify({
          models: [
            {
              name: 'events',
              columns: [
                {
                  name: 'payload',
                  data_type: "{{ {'postgres': 'jsonb', 'snowflake': 'variant'}.get(target.type, 'json') }}",
                },
              ],
            },
          ],
        }),
        'models/seen.sql':
          "{{ config(materialized='table') }}\nselect {{ json_text('payload', 'n') }} as n from {{ ref('events') }}\n",
      },
      steps: [{ run: 'run', rows: { seen: [['1']] } }],
    },
  ],
};
