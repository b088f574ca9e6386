import { inFile, type MalformedCase } from '../malformed-case.ts';

const inSchema = inFile('models/schema.yml');

/** Contracts that nothing could keep. */
export const contracts: readonly MalformedCase[] = [
  inSchema(
    'a contract without any columns',
    'models:\n  - name: orders\n    config:\n      materialized: table\n      contract: {enforced: true}\n',
    'Error: models/orders.sql:1: orders: the contract has no columns. List every column with its "data_type" in the properties of the model.',
  ),
  inSchema(
    'a contract column without type',
    'models:\n  - name: orders\n    config:\n      materialized: table\n      contract: {enforced: true}\n    columns:\n      - name: order_id\n',
    'Error: models/orders.sql:1: orders: the contract does not give the type of order_id. List every column with its "data_type" in the properties of the model.',
  ),
  inSchema(
    'a contract that is text',
    'models:\n  - name: orders\n    config:\n      contract: enforced\n',
    'Error: models/schema.yml:3: Setting "contract" of model "orders" must be a mapping with "enforced" and nothing else, not "enforced".',
  ),
  inSchema(
    'a contract with a misspelt key',
    'models:\n  - name: orders\n    config:\n      contract: {enforce: true}\n',
    'Error: models/schema.yml:3: Setting "contract" of model "orders" must be a mapping with "enforced" and nothing else, not {"enforce":true}.',
  ),
  inSchema(
    'a test of a column that the contract does not have',
    'models:\n  - name: orders\n    config:\n      materialized: table\n      contract: {enforced: true}\n    columns:\n      - name: order_id\n        data_type: integer\n    data_tests:\n      - unique:\n          arguments: {column_name: oder_id}\n',
    'Error: models/schema.yml:10: Test "unique" needs column "oder_id", which model "orders" does not have. Did you mean "order_id"?',
  ),
];
