import { type Files, rowsOf, type Scenario, type Step, type Theme } from '../scenario.ts';
import { day, moment, ownMacros } from './macro-scenario.ts';

const asTable = "{{ config(materialized='table') }}\n";

const label = (text: string) => `cast('${text}' as {{ dbt.type_string() }})`;

interface Union {
  readonly tables: readonly [string, string];
  /** Arguments of the macro beside the relations. */
  readonly options?: string;
  readonly files?: Files;
}

/** Two tables and the union of both. */
function unite(name: string, { tables, options = '', files = {} }: Union, step: Omit<Step, 'run'>): Scenario {
  const [first, second] = tables;
  return {
    name,
    files: {
      ...ownMacros,
      'models/first_part.sql': `${asTable}${first}`,
      'models/second_part.sql': `${asTable}${second}`,
      'models/united.sql': `${asTable}{{ union_relations([ref('first_part'), ref('second_part')]${options}) }}\n`,
      ...files,
    },
    steps: [{ run: 'run', ...step }],
  };
}

const narrow = rowsOf(
  ['id', 'amount', 'share', 'seen', 'label'],
  [
    'cast(7 as {{ dbt.type_int() }})',
    'cast(1.5 as numeric(10, 2))',
    'cast(0.25 as numeric(10, 2))',
    day('2024-02-29'),
    label('a'),
  ],
);
const wide = rowsOf(
  ['id', 'amount', 'share', 'seen', 'label'],
  [
    'cast(9007199254740993 as {{ dbt.type_bigint() }})',
    'cast(0.125 as numeric(12, 4))',
    "cast('1e-30' as {{ double_type() }})",
    moment('2024-02-29 12:30:00'),
    label('a longer text'),
  ],
);

/** Clients write exact numbers with more or fewer zeros. */
const amountAsDouble = `select id, cast(amount as {{ double_type() }}) as amount, share, seen, label
from {{ ref('united') }}
`;

/** Rows of relations whose columns differ, under one another. */
export const unionMacros: Theme = {
  title: 'Cross-database macros: unions of relations',
  scenarios: [
    unite(
      'union_relations matches columns by name and gives null for those a relation lacks',
      {
        tables: [
          rowsOf(['id', 'label', 'is_old'], ['1', label('a'), 'true']),
          rowsOf(['score', 'id', 'label'], ["cast('2.5' as {{ double_type() }})", '2', label('b')]),
        ],
      },
      {
        columns: { united: ['id', 'label', 'is_old', 'score'] },
        rows: {
          united: [
            [1, 'a', true, null],
            [2, 'b', null, 2.5],
          ],
        },
      },
    ),
    unite(
      'union_relations tells where rows come from',
      { tables: [rowsOf(['id'], ['1']), rowsOf(['id'], ['1'])], options: ", source_column='came_from'" },
      {
        columns: { united: ['came_from', 'id'] },
        rows: {
          united: [
            ['first_part', 1],
            ['second_part', 1],
          ],
        },
      },
    ),
    unite(
      'union_relations finds a type for whole, exact and floating numbers, dates and timestamps',
      { tables: [narrow, wide], files: { 'models/checked.sql': `${asTable}${amountAsDouble}` } },
      {
        rows: {
          checked: [
            [7, 1.5, 0.25, '2024-02-29 00:00:00', 'a'],
            [9007199254740993n, 0.125, 1e-30, '2024-02-29 12:30:00', 'a longer text'],
          ],
        },
      },
    ),
    unite(
      'union_relations says which columns have no type in common',
      { tables: [rowsOf(['id', 'seen'], ['1', day('2024-02-29')]), rowsOf(['id', 'seen'], ['1', 'true'])] },
      {
        exit: 1,
        statuses: { first_part: 'success', second_part: 'success', united: 'error' },
        says: ['column "seen" is date in', 'first_part', 'bool', 'second_part', 'have no type in common'],
      },
    ),
  ],
};
