import { inFile, type MalformedCase } from '../malformed-case.ts';

const inSchema = inFile('seeds/schema.yml');

/** Settings of seeds that do not fit their files. */
export const seedSettings: readonly MalformedCase[] = [
  {
    ...inSchema(
      'column_types that name no column of the seed',
      'seeds:\n  - name: raw_orders\n    config:\n      column_types:\n        amuont: double\n',
      'Error: seeds/raw_orders.csv: Setting "column_types" of seed "raw_orders" names "amuont", which the file does not have. Did you mean "amount"?',
    ),
    command: ['build', '--warn-error'],
  },
  inSchema(
    'column_types that are a list',
    'seeds:\n  - name: raw_orders\n    config:\n      column_types: [double]\n',
    'Error: seeds/schema.yml:3: Setting "column_types" of seed "raw_orders" must be a mapping of keys to values, not ["double"].',
  ),
  inSchema(
    'a delimiter that is a number',
    'seeds:\n  - name: raw_orders\n    config:\n      delimiter: 3\n',
    'Error: seeds/schema.yml:3: Setting "delimiter" of seed "raw_orders" must be text, not 3.',
  ),
];
