import { type Theme, yamlTypes } from '../scenario.ts';

const contract = (columns: readonly object[]) =>
  JSON.stringify({
    version: 2,
    models: [{ name: 'things', config: { contract: { enforced: true } }, columns }],
  });
const id = { name: 'id', data_type: yamlTypes.bigint, constraints: [{ type: 'not_null' }] };
const label = { name: 'label', data_type: yamlTypes.string };
const model = (sql: string) => `{{ config(materialized='table') }}\n${sql}\n`;
const castId = "cast({{ var('id', '1') }} as {{ dbt.type_bigint() }}) as id";
const castLabel = "cast('x' as {{ dbt.type_string() }}) as label";

/** Columns and types that readers may rely on. */
export const contracts: Theme = {
  title: 'Contracts',
  scenarios: [
    {
      name: 'a kept contract gives the columns in its order',
      files: {
        'models/things.sql': model(`select ${castLabel}, ${castId}`),
        'models/things.yml': contract([id, label]),
      },
      steps: [{ run: 'run', rows: { things: [[1, 'x']] } }],
    },
    {
      name: 'missing, unexpected and differently typed columns are listed, and nothing is published',
      files: {
        'models/things.sql': model(`select ${castId}, cast('2025-01-01' as date) as label, 1 as more`),
        'models/things.yml': contract([id, label, { name: 'lost', data_type: 'date' }]),
      },
      steps: [
        {
          run: 'run',
          exit: 1,
          statuses: { things: 'error' },
          says: [
            'does not keep its contract',
            'label is ',
            'lost (date) is missing',
            'more (',
            'is not in the contract',
          ],
          relations: {},
        },
      ],
    },
    {
      name: 'a null where the contract forbids it fails, and the old table stays',
      files: {
        'models/things.sql': model(`select ${castId}, ${castLabel}`),
        'models/things.yml': contract([id, label]),
      },
      steps: [
        { run: 'run', rows: { things: [[1, 'x']] } },
        { run: 'run', vars: { id: 'null' }, exit: 1, statuses: { things: 'error' }, rows: { things: [[1, 'x']] } },
      ],
    },
  ],
};
