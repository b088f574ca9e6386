import { type Scenario, type Theme, yamlTypes } from '../scenario.ts';

const described = (config: object) => JSON.stringify({ version: 2, seeds: [{ name: 'items', config }] });

/** Rows of `column,…` with values made from the row's number. */
function makeRows(count: number, header: string, row: (at: number) => string): string {
  return `${header}\n${Array.from({ length: count }, (_, at) => row(at)).join('\n')}\n`;
}

const wide = 3_000;
const tall = 100_000;
const names = Array.from({ length: wide }, (_, at) => `c${at}`);

const large: readonly Scenario[] = [
  {
    name: 'a seed of 3,000 columns',
    files: {
      'seeds/wide.csv': makeRows(3, names.join(','), (row) => names.map((_, at) => row * wide + at).join(',')),
      'models/ends.sql': "{{ config(materialized='table') }}\nselect c0, c1499, c2999 from {{ ref('wide') }}\n",
    },
    steps: [
      {
        run: 'build',
        columns: { wide: names },
        rows: {
          ends: [
            [0, 1499, 2999],
            [3000, 4499, 5999],
            [6000, 7499, 8999],
          ],
        },
      },
    ],
  },
  {
    name: 'a seed of 100,000 rows',
    files: {
      'seeds/tall.csv': makeRows(tall, 'id,label,day', (at) => `${at},label ${at},2025-01-${1 + (at % 9)}`),
      'models/summed.sql': `{{ config(materialized='table') }}
select
    count(*) as n, min(id) as least, max(id) as most, count(distinct label) as labels, max(day) as last_day
from {{ ref('tall') }}\n`,
    },
    steps: [{ run: 'build', rows: { summed: [[tall, 0, tall - 1, tall, '2025-01-09']] } }],
  },
];

/** Files into tables: types, texts, sizes. */
export const seeds: Theme = {
  title: 'Seeds',
  scenarios: [
    {
      name: 'whole numbers, large ones, floats, booleans, dates, timestamps and text are told apart',
      files: {
        'seeds/items.csv': `id,large,ratio,is_open,day,seen_at,label
1,9007199254740993,0.5,true,2024-02-29,2024-02-29 23:59:59,a
-2,1,-2,false,1969-12-31,1969-12-31 00:00:00,2 b
,,,,,,
`,
      },
      steps: [
        {
          run: 'seed',
          rows: {
            items: [
              [1, 9007199254740993n, 0.5, true, '2024-02-29', '2024-02-29 23:59:59', 'a'],
              [-2, 1, -2, false, '1969-12-31', '1969-12-31 00:00:00', '2 b'],
              [null, null, null, null, null, null, null],
            ],
          },
        },
      ],
    },
    {
      name: 'column_types keep leading zeros and choose among the types of the warehouse',
      files: {
        'seeds/items.csv': 'code,zip,amount\n007,01234,1\n010,99999,2\n',
        'seeds/items.yml': described({
          column_types: { zip: yamlTypes.string, amount: yamlTypes.float },
        }),
        'models/halves.sql': `{{ config(materialized='table') }}
select code, zip, amount / 4 as quarter from {{ ref('items') }}\n`,
      },
      steps: [
        {
          run: 'build',
          rows: {
            halves: [
              [7, '01234', 0.25],
              [10, '99999', 0.5],
            ],
          },
        },
      ],
    },
    {
      name: 'a delimiter of its own',
      files: { 'seeds/items.csv': 'id;label\n1;a,b\n2;"c;d"\n', 'seeds/items.yml': described({ delimiter: ';' }) },
      steps: [
        {
          run: 'seed',
          rows: {
            items: [
              [1, 'a,b'],
              [2, 'c;d'],
            ],
          },
        },
      ],
    },
    {
      name: 'quotes, commas, line breaks, backslashes and texts that look like SQL arrive as they are',
      files: {
        'seeds/items.csv': `id,label
1,"say ""yes"", twice"
2,"two
lines"
3,C:\\new\\table
4,it's; drop table items; --
5,{{ not_a_template }}
6,%s ? :name $1
7,\\N
`,
      },
      steps: [
        {
          run: 'seed',
          rows: {
            items: [
              [1, 'say "yes", twice'],
              [2, 'two\nlines'],
              [3, 'C:\\new\\table'],
              [4, "it's; drop table items; --"],
              [5, '{{ not_a_template }}'],
              [6, '%s ? :name $1'],
              [7, '\\N'],
            ],
          },
        },
      ],
    },
    {
      name: 'letters of all scripts',
      files: { 'seeds/items.csv': 'id,label\n1,Zoë\n2,日本語\n3,🦆 кряк\n4,مرحبا\n5,e\u0301\n' },
      steps: [
        {
          run: 'seed',
          rows: {
            items: [
              [1, 'Zoë'],
              [2, '日本語'],
              [3, '🦆 кряк'],
              [4, 'مرحبا'],
              [5, 'e\u0301'],
            ],
          },
        },
      ],
    },
    {
      name: 'a file with a header only is an empty table',
      files: {
        'seeds/items.csv': 'id,label\n',
        'models/counted.sql': `{{ config(materialized='table') }}
select count(*) as n from {{ ref('items') }} where id is not null and label is not null\n`,
      },
      steps: [{ run: 'build', rows: { counted: [[0]] }, relations: { items: 'table', counted: 'table' } }],
    },
    {
      name: 'a changed file replaces rows, columns and types',
      files: { 'seeds/items.csv': 'id,label\n1,a\n', 'models/read.sql': "select * from {{ ref('items') }}\n" },
      steps: [
        { run: 'seed', rows: { items: [[1, 'a']] } },
        {
          run: 'seed',
          files: { 'seeds/items.csv': 'id,label,is_new\nx,2,true\n' },
          rows: { items: [['x', 2, true]] },
          relations: { items: 'table' },
        },
        { run: 'seed --full-refresh', rows: { items: [['x', 2, true]] } },
      ],
    },
    {
      name: 'a cell that is not of its type is an error with file and line, and the old table stays',
      files: {
        'seeds/items.csv': 'id,amount\n1,10\n',
        'seeds/items.yml': described({ column_types: { amount: yamlTypes.integer } }),
      },
      steps: [
        { run: 'seed', rows: { items: [[1, 10]] } },
        {
          run: 'seed',
          files: { 'seeds/items.csv': 'id,amount\n1,10\n2,much\n' },
          exit: 2,
          says: ['seeds/items.csv:3', 'much'],
          rows: { items: [[1, 10]] },
        },
      ],
    },
    ...large,
  ],
};
