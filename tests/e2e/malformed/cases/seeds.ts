import { inFile, type MalformedCase } from '../malformed-case.ts';

const inRawOrders = inFile('seeds/raw_orders.csv');

/** Seed files that cannot be loaded: found before anything runs. */
export const seeds: readonly MalformedCase[] = [
  {
    name: 'a row that is too short',
    files: { 'seeds/raw_orders.csv': 'order_id,customer_id,amount\n1,1,10.5\n2,2\n' },
    stderr: [
      'Error: seeds/raw_orders.csv:3:3: Seed cannot be loaded: the row has 2 values and the header 3. Quote values that hold the delimiter, and write empty values between delimiters.',
    ],
    asProcess: true,
  },
  inRawOrders(
    'a row that is too long',
    'order_id,customer_id,amount\n1,1,10.5\n2,2,20,EUR\n',
    'Error: seeds/raw_orders.csv:3:4: Seed cannot be loaded: the row has 4 values and the header 3. Quote values that hold the delimiter, and write empty values between delimiters.',
  ),
  inRawOrders(
    'an empty file',
    '',
    'Error: seeds/raw_orders.csv:1: Seed cannot be loaded: the file is empty. Write a header line with the column names.',
  ),
  inRawOrders(
    'a file of empty lines',
    '\n\n\n',
    'Error: seeds/raw_orders.csv:1: Seed cannot be loaded: the file is empty. Write a header line with the column names.',
  ),
  inRawOrders(
    'a quote that is never closed',
    'order_id,customer_id,amount\n1,"1,10.5\n2,2,20\n',
    'Error: seeds/raw_orders.csv:2: Seed cannot be loaded: a quote is opened and never closed. Close the quote, or double the quotes inside a value.',
  ),
  inRawOrders(
    'a header given twice',
    'order_id,amount,amount\n1,1,10.5\n',
    'Error: seeds/raw_orders.csv:1:3: Seed cannot be loaded: columns 2 and 3 are both called "amount". Rename one of them.',
  ),
  inRawOrders(
    'headers that differ in case only',
    'order_id,Amount,amount\n1,1,10.5\n',
    'Error: seeds/raw_orders.csv:1:3: Seed cannot be loaded: columns 2 and 3 are both called "amount". Rename one of them.',
  ),
  {
    name: 'bytes that are not UTF-8',
    files: {
      'seeds/raw_orders.csv': Uint8Array.from([
        111, 114, 100, 101, 114, 95, 105, 100, 44, 99, 117, 115, 116, 111, 109, 101, 114, 95, 105, 100, 44, 97, 109,
        111, 117, 110, 116, 10, 49, 44, 49, 44, 233, 10,
      ]),
    },
    stderr: ['Error: seeds/raw_orders.csv:2: Seed cannot be loaded: this line is not UTF-8. Save it as UTF-8.'],
  },
  {
    name: 'a file in UTF-16',
    files: {
      'seeds/raw_orders.csv': Uint8Array.from([
        255, 254, 111, 0, 114, 0, 100, 0, 101, 0, 114, 0, 95, 0, 105, 0, 100, 0, 44, 0, 99, 0, 117, 0, 115, 0, 116, 0,
        111, 0, 109, 0, 101, 0, 114, 0, 95, 0, 105, 0, 100, 0, 44, 0, 97, 0, 109, 0, 111, 0, 117, 0, 110, 0, 116, 0, 10,
        0,
      ]),
    },
    stderr: ['Error: seeds/raw_orders.csv:1: Seed cannot be loaded: the file is UTF-16. Save it as UTF-8.'],
  },
  inRawOrders(
    'a zero byte',
    'order_id,customer_id,amount\n1,1,10\u0000\n',
    'Error: seeds/raw_orders.csv:2: Seed cannot be loaded: the file holds a zero byte, which no text has. Save it as UTF-8.',
  ),
  {
    name: 'another delimiter than the setting says',
    files: {
      'seeds/raw_orders.csv': 'order_id,customer_id,amount\n1,1,10.5\n',
      'seeds/schema.yml':
        'seeds:\n  - name: raw_orders\n    config:\n      delimiter: ";"\n      column_types: {amount: double}\n',
    },
    command: ['build', '--warn-error'],
    stderr: [
      'Error: seeds/raw_orders.csv: Setting "column_types" of seed "raw_orders" names "amount", which the file does not have. Its columns: order_id,customer_id,amount.',
    ],
  },
  inRawOrders(
    'a semicolon for a comma in one row',
    'order_id,customer_id,amount\n1;1;10.5\n',
    'Error: seeds/raw_orders.csv:2:2: Seed cannot be loaded: the row has 1 value and the header 3. Quote values that hold the delimiter, and write empty values between delimiters.',
  ),
  inRawOrders(
    'semicolons where nothing sets them',
    'order_id;customer_id;amount\n1;1;10.5\n',
    'Error: seeds/raw_orders.csv:1: Seed cannot be loaded: its only column is "order_id;customer_id;amount". Set delimiter: ";" in the config of the seed.',
  ),
  {
    name: 'text in an integer column',
    files: {
      'seeds/raw_orders.csv': 'order_id,customer_id,amount\n1,1,10.5\ntwo,2,20\n',
      'seeds/schema.yml': 'seeds:\n  - name: raw_orders\n    config:\n      column_types: {order_id: integer}\n',
    },
    stderr: [
      'Error: seeds/raw_orders.csv:3:1: Seed cannot be loaded: column "order_id" is integer and cannot hold "two". Correct the value or the column_types of the seed.',
    ],
  },
  {
    name: 'text in a date column',
    files: {
      'seeds/raw_orders.csv': 'order_id,customer_id,amount\n1,1,2025-01-31\n2,2,2025-02-30\n',
      'seeds/schema.yml': 'seeds:\n  - name: raw_orders\n    config:\n      column_types: {amount: date}\n',
    },
    stderr: [
      'Error: seeds/raw_orders.csv:3:3: Seed cannot be loaded: column "amount" is date and cannot hold "2025-02-30". Correct the value or the column_types of the seed.',
    ],
  },
  {
    name: 'a word in a boolean column',
    files: {
      'seeds/raw_orders.csv': 'order_id,customer_id,amount\n1,1,true\n2,2,maybe\n',
      'seeds/schema.yml': 'seeds:\n  - name: raw_orders\n    config:\n      column_types: {amount: boolean}\n',
    },
    stderr: [
      'Error: seeds/raw_orders.csv:3:3: Seed cannot be loaded: column "amount" is boolean and cannot hold "maybe". Correct the value or the column_types of the seed.',
    ],
  },
  {
    name: 'a fraction in an integer column',
    files: {
      'seeds/raw_orders.csv': 'order_id,customer_id,amount\n1,1,10.5\n',
      'seeds/schema.yml': 'seeds:\n  - name: raw_orders\n    config:\n      column_types: {amount: integer}\n',
    },
    stderr: [
      'Error: seeds/raw_orders.csv:2:3: Seed cannot be loaded: column "amount" is integer and cannot hold "10.5". Correct the value or the column_types of the seed.',
    ],
  },
  {
    name: 'a value below a quoted value of several lines',
    files: {
      'seeds/raw_orders.csv': 'order_id,customer_id,amount\n1,"a\nb",1\n2,c,x\n',
      'seeds/schema.yml': 'seeds:\n  - name: raw_orders\n    config:\n      column_types: {amount: integer}\n',
    },
    stderr: [
      'Error: seeds/raw_orders.csv:4:3: Seed cannot be loaded: column "amount" is integer and cannot hold "x". Correct the value or the column_types of the seed.',
    ],
  },
  {
    name: 'a bad seed that is not the first',
    files: { 'seeds/raw_returns.csv': 'order_id,reason\n1,late,extra\n' },
    stderr: [
      'Error: seeds/raw_returns.csv:2:3: Seed cannot be loaded: the row has 3 values and the header 2. Quote values that hold the delimiter, and write empty values between delimiters.',
    ],
  },
  {
    name: 'two bad seeds',
    files: {
      'seeds/raw_orders.csv': 'order_id,customer_id,amount\n1\n',
      'seeds/raw_returns.csv': 'order_id,order_id\n1,2\n',
    },
    stderr: [
      'Error: seeds/raw_orders.csv:2:2: Seed cannot be loaded: the row has 1 value and the header 3. Quote values that hold the delimiter, and write empty values between delimiters.',
      'Error: seeds/raw_returns.csv:1:2: Seed cannot be loaded: columns 1 and 2 are both called "order_id". Rename one of them.',
      '2 errors. Nothing was run.',
    ],
  },
  {
    name: 'a bad seed with strata seed',
    files: { 'seeds/raw_orders.csv': 'order_id,customer_id,amount\n1\n' },
    command: ['seed'],
    stderr: [
      'Error: seeds/raw_orders.csv:2:2: Seed cannot be loaded: the row has 1 value and the header 3. Quote values that hold the delimiter, and write empty values between delimiters.',
    ],
  },
  {
    name: 'a test of a column the header does not have',
    files: {
      'seeds/schema.yml':
        'seeds:\n  - name: raw_orders\n    columns:\n      - name: amuont\n        data_tests: [not_null]\n',
    },
    stderr: [
      'Error: seeds/schema.yml:4: Seed "raw_orders" has no column "amuont". Did you mean "amount"?',
      'Error: seeds/schema.yml:5: Test "not_null" needs column "amuont", which seed "raw_orders" does not have. Did you mean "amount"?',
      '2 errors. Nothing was run.',
    ],
  },
];
