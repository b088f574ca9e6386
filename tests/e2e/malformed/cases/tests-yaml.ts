import { inFile, type MalformedCase } from '../malformed-case.ts';

const inSchema = inFile('models/schema.yml');
const inNoRefunds = inFile('tests/no_refunds.sql');

/** Mistakes in tests declared in YAML and written in SQL. */
export const testsYaml: readonly MalformedCase[] = [
  {
    name: 'a misspelt test',
    files: {
      'models/schema.yml':
        'models:\n  - name: orders\n    columns:\n      - name: order_id\n        data_tests:\n          - uniqe\n',
    },
    stderr: ['Error: models/schema.yml:6: Test "uniqe" not found. Did you mean "unique"?'],
    asProcess: true,
  },
  inSchema(
    'a test like no other',
    'models:\n  - name: orders\n    columns:\n      - name: order_id\n        data_tests:\n          - is_beautiful\n',
    'Error: models/schema.yml:6: Test "is_beautiful" not found. Define it with {% test … %} in tests/generic/ or macros/.',
  ),
  inSchema(
    'a test of a package that is not there',
    'models:\n  - name: orders\n    columns:\n      - name: order_id\n        data_tests:\n          - dbt_utils.not_constant\n',
    'Error: models/schema.yml:6: Test "dbt_utils.not_constant" not found. Define it with {% test … %} in tests/generic/ or macros/.',
  ),
  inSchema(
    'a test that is a number',
    'models:\n  - name: orders\n    columns:\n      - name: order_id\n        data_tests:\n          - 3\n',
    'Error: models/schema.yml:6:13: "models.orders.columns.order_id.data_tests[1]" must be the name of a test or a mapping of it to its arguments, not 3.',
  ),
  inSchema(
    'a test that is a list',
    'models:\n  - name: orders\n    columns:\n      - name: order_id\n        data_tests:\n          - [unique]\n',
    'Error: models/schema.yml:6:13: "models.orders.columns.order_id.data_tests[1]" must be the name of a test or a mapping of it to its arguments, not a list.',
  ),
  inSchema(
    'tests that are a mapping',
    'models:\n  - name: orders\n    columns:\n      - name: order_id\n        data_tests:\n          unique: true\n',
    'Error: models/schema.yml:5:9: "models.orders.columns.order_id.data_tests" must be a list, not a mapping.',
  ),
  inSchema(
    'two tests in one item',
    'models:\n  - name: orders\n    columns:\n      - name: order_id\n        data_tests:\n          - unique: {}\n            not_null: {}\n',
    'Error: models/schema.yml:6: A test has several keys: unique, not_null. Indent its arguments below its name.',
  ),
  inSchema(
    'accepted_values without values',
    'models:\n  - name: orders\n    columns:\n      - name: order_id\n        data_tests:\n          - accepted_values\n',
    'Error: models/schema.yml:6: Test "accepted_values" needs the argument "values". Write "values:" below "arguments:" of the test.',
  ),
  inSchema(
    'accepted_values with a misspelt argument',
    'models:\n  - name: orders\n    columns:\n      - name: order_id\n        data_tests:\n          - accepted_values:\n              arguments:\n                valeus: [1, 2]\n',
    'Error: models/schema.yml:6: Test "accepted_values" has no argument "valeus". Did you mean "values"?',
  ),
  inSchema(
    'accepted_values with values that are no list',
    'models:\n  - name: orders\n    columns:\n      - name: order_id\n        data_tests:\n          - accepted_values:\n              arguments:\n                values: 3\n',
    'Error: models/schema.yml:6: "values" of test "accepted_values" must be a list. Write [a, b].',
  ),
  inSchema(
    'relationships without a field',
    "models:\n  - name: orders\n    columns:\n      - name: order_id\n        data_tests:\n          - relationships:\n              arguments:\n                to: ref('raw_orders')\n",
    'Error: models/schema.yml:6: Test "relationships" needs the argument "field". Write "field:" below "arguments:" of the test.',
  ),
  inSchema(
    'relationships to a model that does not exist',
    "models:\n  - name: orders\n    columns:\n      - name: order_id\n        data_tests:\n          - relationships:\n              arguments:\n                to: ref('raw_ordrs')\n                field: order_id\n",
    'Error: models/schema.yml:6: ref("raw_ordrs") not found. Did you mean "raw_orders"?',
  ),
  inSchema(
    'relationships to a column that does not exist',
    "models:\n  - name: orders\n    columns:\n      - name: order_id\n        data_tests:\n          - relationships:\n              arguments:\n                to: ref('raw_orders')\n                field: ordr_id\n",
    'Error: models/schema.yml:6: Test "relationships" needs column "ordr_id", which seed "raw_orders" does not have. Did you mean "order_id"?',
  ),
  inSchema(
    'relationships to text that is no ref',
    'models:\n  - name: orders\n    columns:\n      - name: order_id\n        data_tests:\n          - relationships:\n              arguments:\n                to: ref(raw_orders\n                field: order_id\n',
    "Error: models/schema.yml:6: \"to\" of test \"relationships\" cannot be read: ref(raw_orders. Write ref('model') or source('source', 'table').",
  ),
  inSchema(
    'an unknown severity',
    'models:\n  - name: orders\n    columns:\n      - name: order_id\n        data_tests:\n          - unique:\n              config:\n                severity: fatal\n',
    'Error: models/schema.yml:6: Setting "severity" of test "unique" must be one of warn, error, not "fatal".',
  ),
  inSchema(
    'a misspelt setting of a test',
    'models:\n  - name: orders\n    columns:\n      - name: order_id\n        data_tests:\n          - unique:\n              config:\n                severty: warn\n',
    'Error: models/schema.yml:6: Unknown setting "severty" of test "unique". Did you mean "severity"?',
  ),
  inSchema(
    'a limit that is a word',
    'models:\n  - name: orders\n    columns:\n      - name: order_id\n        data_tests:\n          - unique:\n              config:\n                limit: many\n',
    'Error: models/schema.yml:6: Setting "limit" of test "unique" must be a whole number, not "many".',
  ),
  inSchema(
    'a test of a column without column',
    'models:\n  - name: orders\n    data_tests:\n      - unique\n',
    'Error: models/schema.yml:4: Test "unique" does not say which column it is about. Write it below a column, or give "column_name" among its arguments.',
  ),
  inSchema(
    'both spellings of tests',
    'models:\n  - name: orders\n    tests:\n      - unique:\n          column_name: order_id\n    data_tests:\n      - not_null:\n          column_name: order_id\n',
    'Error: models/schema.yml:4: "tests" and "data_tests" mean the same and are both given. Keep "data_tests".',
  ),
  {
    name: 'a test of a seed column that does not exist',
    files: {
      'seeds/schema.yml':
        'seeds:\n  - name: raw_orders\n    columns:\n      - name: order_id\n    data_tests:\n      - unique:\n          arguments:\n            column_name: oder_id\n',
    },
    stderr: [
      'Error: seeds/schema.yml:6: Test "unique" needs column "oder_id", which seed "raw_orders" does not have. Did you mean "order_id"?',
    ],
  },
  inSchema(
    'the same test twice',
    'models:\n  - name: orders\n    columns:\n      - name: order_id\n        data_tests:\n          - unique\n          - unique\n',
    'Error: models/schema.yml:7: Two tests are named "unique_orders_order_id". The other one is at models/schema.yml:6.',
  ),
  inSchema(
    'arguments that are a list',
    'models:\n  - name: orders\n    columns:\n      - name: order_id\n        data_tests:\n          - accepted_values:\n              arguments: [1, 2]\n',
    'Error: models/schema.yml:6: "arguments" of test "accepted_values" must be a mapping.',
  ),
  inSchema(
    'a template in an argument that cannot be read',
    'models:\n  - name: orders\n    columns:\n      - name: order_id\n        data_tests:\n          - accepted_values:\n              arguments:\n                values: "{{ [1, 2 }}"\n',
    "Error: models/schema.yml:6:10: Unexpected '}': '[' is not closed.",
  ),
  inSchema(
    'an unset variable in an argument',
    'models:\n  - name: orders\n    columns:\n      - name: order_id\n        data_tests:\n          - accepted_values:\n              arguments:\n                values: "{{ var(\'statuses\') }}"\n',
    'Error: models/schema.yml:6:7: var("statuses") is not set and has no default. Set it in dbt_project.yml under "vars:" or with --vars \'{"statuses": …}\'.',
  ),
  {
    name: 'an argument that the test of the project does not take',
    files: {
      'tests/generic/positive.sql':
        '{% test positive(model, column_name) %}select * from {{ model }} where {{ column_name }} <= 0{% endtest %}\n',
      'models/schema.yml':
        'models:\n  - name: orders\n    columns:\n      - name: amount\n        data_tests:\n          - positive:\n              arguments:\n                above: 3\n',
    },
    stderr: ['Error: models/schema.yml:6: Test "positive" has no argument "above". It takes none.'],
  },
  {
    name: 'a generic test that is never closed',
    files: { 'tests/generic/positive.sql': '{% test positive(model, column_name) %}select * from {{ model }}\n' },
    stderr: ['Error: tests/generic/positive.sql:1:65: Unexpected end of template. Looked for: endtest.'],
  },
  {
    name: 'a generic test without name',
    files: { 'tests/generic/positive.sql': '{% test %}select 1{% endtest %}\n' },
    stderr: ["Error: tests/generic/positive.sql:1:9: Expected a name, got '%}'."],
  },
  inNoRefunds(
    'a singular test of a model that does not exist',
    "select * from {{ ref('ordrs') }} where amount < 0\n",
    'Error: tests/no_refunds.sql:1:22: ref("ordrs") not found. Did you mean "orders"?',
  ),
  inNoRefunds(
    'a singular test with a misspelt setting',
    "{{ config(severty='warn') }}\nselect * from {{ ref('orders') }} where amount < 0\n",
    'Error: tests/no_refunds.sql:1: Unknown setting "severty" of test "no_refunds". Did you mean "severity"?',
  ),
  inNoRefunds(
    'a singular test with a template that is never closed',
    "select * from {{ ref('orders')\nwhere amount < 0\n",
    "Error: tests/no_refunds.sql:2:1: Expected the end of the expression, '}}', got 'where'.",
  ),
  {
    name: 'two singular tests of one name',
    files: {
      'tests/a/no_refunds.sql': 'select 1 as id where false\n',
      'tests/b/no_refunds.sql': 'select 1 as id where false\n',
    },
    stderr: [
      'Error: tests/b/no_refunds.sql:1: Two tests are named "no_refunds". The other one is at tests/a/no_refunds.sql:1.',
    ],
  },
];
