import { inFile, type MalformedCase } from '../malformed-case.ts';

const inSchema = inFile('models/schema.yml');

/** Mistakes in the properties of models, seeds and columns. */
export const properties: readonly MalformedCase[] = [
  {
    name: 'a properties file that cannot be read',
    files: { 'models/schema.yml': 'models:\n  - name: orders\n    description: a table: of orders\n' },
    stderr: [
      'Error: models/schema.yml:3:25: The value contains ": " and has no quotes. Put quotes around a value that contains ": " or " #", or starts with one of { [ * & % @ `.',
    ],
    asProcess: true,
  },
  inSchema(
    'a properties file that is a list',
    '- name: orders\n',
    'Error: models/schema.yml:1:1: The file must be a mapping of keys to values, not a list.',
  ),
  inSchema(
    'a properties file that is text',
    'orders\n',
    'Error: models/schema.yml:1:1: The file must be a mapping of keys to values, not "orders".',
  ),
  inSchema('another version', 'version: 3\nmodels: []\n', 'Error: models/schema.yml:1:1: "version" must be 2, not 3.'),
  inSchema(
    'a misspelt top key',
    'model:\n  - name: orders\n',
    'Error: models/schema.yml:1:1: Unknown key "model" in the file. Did you mean "models"?',
  ),
  inSchema(
    'a top key like no other',
    'tables_of_mine:\n  - name: orders\n',
    'Error: models/schema.yml:1:1: Unknown key "tables_of_mine" in the file. Remove it, or check its spelling and indentation.',
  ),
  inSchema(
    'models that are a mapping',
    'models:\n  orders:\n    description: x\n',
    'Error: models/schema.yml:1:1: "models" must be a list, not a mapping.',
  ),
  inSchema(
    'a model that is text',
    'models:\n  - orders\n',
    'Error: models/schema.yml:2:5: "models[1]" must be a mapping of keys to values, not "orders".',
  ),
  inSchema(
    'a model without name',
    'models:\n  - description: All orders\n',
    'Error: models/schema.yml:2:5: "models[1].name" is missing.',
  ),
  inSchema(
    'a model whose name is a number',
    'models:\n  - name: 3\n',
    'Error: models/schema.yml:2:5: "models[1].name" must be text, not 3.',
  ),
  inSchema(
    'a misspelt key of a model',
    'models:\n  - name: orders\n    descripton: All orders\n',
    'Error: models/schema.yml:3:5: Unknown key "descripton" in "models.orders". Did you mean "description"?',
  ),
  inSchema(
    'a description that is a list',
    'models:\n  - name: orders\n    description: [All orders]\n',
    'Error: models/schema.yml:3:5: "models.orders.description" must be text, not a list.',
  ),
  inSchema(
    'columns that are a mapping',
    'models:\n  - name: orders\n    columns:\n      order_id: The key\n',
    'Error: models/schema.yml:3:5: "models.orders.columns" must be a list, not a mapping.',
  ),
  inSchema(
    'a column without name',
    'models:\n  - name: orders\n    columns:\n      - description: The key\n',
    'Error: models/schema.yml:4:9: "models.orders.columns[1].name" is missing.',
  ),
  inSchema(
    'a misspelt key of a column',
    'models:\n  - name: orders\n    columns:\n      - name: order_id\n        data-type: integer\n',
    'Error: models/schema.yml:5:9: Unknown key "data-type" in "models.orders.columns.order_id". Did you mean "data_type"?',
  ),
  {
    ...inSchema(
      'a column described twice',
      'models:\n  - name: orders\n    columns:\n      - name: order_id\n      - name: order_id\n',
      'Error: models/schema.yml:5: Column "order_id" is described twice. It is described at line 4 already.',
    ),
    command: ['build', '--warn-error'],
  },
  {
    name: 'a model described twice',
    files: { 'models/schema.yml': 'models:\n  - name: orders\n', 'models/more.yml': 'models:\n  - name: orders\n' },
    stderr: [
      'Error: models/schema.yml:2: Model "orders" is described twice. The other description is at models/more.yml:2.',
    ],
  },
  inSchema(
    'a misspelt setting',
    'models:\n  - name: orders\n    config:\n      materialised: table\n',
    'Error: models/schema.yml:3: Unknown setting "materialised" of model "orders". Did you mean "materialized"?',
  ),
  inSchema(
    'a setting like no other',
    'models:\n  - name: orders\n    config:\n      owner_of_it_all: me\n',
    'Error: models/schema.yml:3: Unknown setting "owner_of_it_all" of model "orders". Put settings of your own under "meta".',
  ),
  inSchema(
    'a setting of the wrong type',
    'models:\n  - name: orders\n    config:\n      enabled: maybe\n',
    'Error: models/schema.yml:3: Setting "enabled" of model "orders" must be true or false, not "maybe".',
  ),
  inSchema(
    'config that is text',
    'models:\n  - name: orders\n    config: table\n',
    'Error: models/schema.yml:3:5: "models.orders.config" must be a mapping of keys to values, not "table".',
  ),
  inSchema(
    'meta that is text',
    'models:\n  - name: orders\n    meta: important\n',
    'Error: models/schema.yml:3:5: "models.orders.meta" must be a mapping of keys to values, not "important".',
  ),
  inSchema(
    'tags that are a mapping',
    'models:\n  - name: orders\n    tags: {daily: true}\n',
    'Error: models/schema.yml:3:5: "models.orders.tags" must be text or a list of texts, not a mapping.',
  ),
  inSchema(
    'an unknown constraint',
    'models:\n  - name: orders\n    columns:\n      - name: order_id\n        constraints:\n          - type: notnull\n',
    'Error: models/schema.yml:6:13: "models.orders.columns.order_id.constraints[1].type" must be one of check, not_null, unique, primary_key, foreign_key, custom, not "notnull".',
  ),
  {
    name: 'a model under seeds',
    files: { 'models/schema.yml': 'seeds:\n  - name: orders\n' },
    command: ['build', '--warn-error'],
    stderr: [
      'Error: models/schema.yml:2: No seed "orders" to describe. "orders" is a model: describe it under "models:".',
    ],
  },
  {
    name: 'a seed column that does not exist',
    files: { 'seeds/schema.yml': 'seeds:\n  - name: raw_orders\n    columns:\n      - name: amuont\n' },
    stderr: ['Error: seeds/schema.yml:4: Seed "raw_orders" has no column "amuont". Did you mean "amount"?'],
  },
  {
    name: 'a description of a model that does not exist',
    files: { 'models/schema.yml': 'models:\n  - name: ordrs\n' },
    command: ['build', '--warn-error'],
    stderr: ['Error: models/schema.yml:2: No model "ordrs" to describe. Did you mean "orders"?'],
  },
  {
    name: 'a docs block that does not exist',
    files: {
      'models/schema.yml': 'models:\n  - name: orders\n    description: "{{ doc(\'ordrs\') }}"\n',
      'models/docs.md': '{% docs orders %}All orders.{% enddocs %}\n',
    },
    stderr: ['Error: models/schema.yml:2: doc("ordrs") not found. Did you mean "orders"?'],
  },
  {
    name: 'a docs block of another package',
    files: {
      'models/schema.yml': "models:\n  - name: orders\n    description: \"{{ doc('kit', 'orders') }}\"\n",
      'models/docs.md': '{% docs orders %}All orders.{% enddocs %}\n',
    },
    stderr: ['Error: models/schema.yml:2: doc("kit", "orders") not found. Did you mean "orders"?'],
  },
  {
    name: 'a docs block that is never closed',
    files: { 'models/docs.md': '{% docs orders %}All orders.\n' },
    stderr: ['Error: models/docs.md:1:1: Docs block "orders" is not closed. Write {% enddocs %} after it.'],
  },
  {
    name: 'two docs blocks of one name',
    files: { 'models/docs.md': '{% docs orders %}All.{% enddocs %}\n{% docs orders %}Others.{% enddocs %}\n' },
    stderr: ['Error: models/docs.md:2:1: Docs block "orders" is defined twice. Rename one of them, or remove it.'],
  },
  inSchema(
    'a template in a description that cannot be read',
    'models:\n  - name: orders\n    description: "{{ doc(orders }}"\n',
    "Error: models/schema.yml:2: Unexpected '}': '(' is not closed.",
  ),
  inSchema(
    'versions that are a mapping',
    'models:\n  - name: orders\n    versions: {v: 1}\n',
    'Error: models/schema.yml:3:5: "models.orders.versions" must be a list, not a mapping.',
  ),
  {
    name: 'a key that is not supported yet, with warnings as errors',
    files: { 'models/schema.yml': 'unit_tests:\n  - name: sums\n    model: customers\n' },
    command: ['build', '--warn-error'],
    stderr: ['Error: models/schema.yml:1: "unit_tests" is not supported yet and was left out.'],
  },
  {
    name: 'macros that do not exist',
    files: { 'macros/schema.yml': 'macros:\n  - name: cents\n' },
    command: ['build', '--warn-error'],
    stderr: ['Error: macros/schema.yml:2: No macro "cents" to describe. No macro has this name.'],
  },
  {
    name: 'a macro with arguments that are text',
    files: {
      'macros/cents.sql': '{% macro cents(column) %}{{ column }} * 100{% endmacro %}\n',
      'macros/schema.yml': 'macros:\n  - name: cents\n    arguments: column\n',
    },
    stderr: ['Error: macros/schema.yml:3:5: "macros.cents.arguments" must be a list, not "column".'],
  },
  {
    name: 'several mistakes in several files',
    files: {
      'models/schema.yml': 'models:\n  - name: orders\n    descripton: x\n',
      'models/b.yml': 'model: []\n',
      'seeds/schema.yml': 'seeds:\n  - nam: raw_orders\n',
    },
    stderr: [
      'Error: models/b.yml:1:1: Unknown key "model" in the file. Did you mean "models"?',
      'Error: models/schema.yml:3:5: Unknown key "descripton" in "models.orders". Did you mean "description"?',
      'Error: seeds/schema.yml:2:5: "seeds[1].name" is missing.',
      'Error: seeds/schema.yml:2:5: Unknown key "nam" in "seeds[1]". Did you mean "name"?',
      '4 errors. Nothing was run.',
    ],
  },
];
