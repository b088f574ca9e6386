import { inFile, type MalformedCase } from '../malformed-case.ts';

const inSources = inFile('models/sources.yml');
const inExposures = inFile('models/exposures.yml');

/** Mistakes in sources and exposures. */
export const sources: readonly MalformedCase[] = [
  inSources(
    'a source without tables list',
    'sources:\n  - name: raw\n    tables: orders\n',
    'Error: models/sources.yml:3:5: "sources.raw.tables" must be a list, not "orders".',
  ),
  inSources(
    'a source without name',
    'sources:\n  - schema: raw\n    tables: []\n',
    'Error: models/sources.yml:2:5: "sources[1].name" is missing.',
  ),
  inSources(
    'a table without name',
    'sources:\n  - name: raw\n    tables:\n      - identifier: orders\n',
    'Error: models/sources.yml:4:9: "sources.raw.tables[1].name" is missing.',
  ),
  inSources(
    'a table that is text',
    'sources:\n  - name: raw\n    tables: [orders]\n',
    'Error: models/sources.yml:3:14: "sources.raw.tables[1]" must be a mapping of keys to values, not "orders".',
  ),
  inSources(
    'a misspelt key of a source',
    'sources:\n  - name: raw\n    shema: raw\n    tables: []\n',
    'Error: models/sources.yml:3:5: Unknown key "shema" in "sources.raw". Did you mean "schema"?',
  ),
  inSources(
    'a misspelt key of a table',
    'sources:\n  - name: raw\n    tables:\n      - name: orders\n        identifer: o\n',
    'Error: models/sources.yml:5:9: Unknown key "identifer" in "sources.raw.tables.orders". Did you mean "identifier"?',
  ),
  inSources(
    'the same table twice',
    'sources:\n  - name: raw\n    tables:\n      - name: orders\n      - name: orders\n',
    'Error: models/sources.yml:5: Two sources are named "raw.orders". The other one is at models/sources.yml:4.',
  ),
  {
    name: 'the same source table in two files',
    files: {
      'models/sources.yml': 'sources:\n  - name: raw\n    tables:\n      - name: orders\n',
      'models/more.yml': 'sources:\n  - name: raw\n    tables:\n      - name: orders\n',
    },
    stderr: ['Error: models/sources.yml:4: Two sources are named "raw.orders". The other one is at models/more.yml:4.'],
  },
  inSources(
    'a freshness period that is none',
    'sources:\n  - name: raw\n    freshness:\n      warn_after: {count: 12, period: hours}\n    tables: []\n',
    'Error: models/sources.yml:4:31: "sources.raw.freshness.warn_after.period" must be minute, hour or day, not "hours".',
  ),
  inSources(
    'a freshness count that is a word',
    'sources:\n  - name: raw\n    freshness:\n      warn_after: {count: twelve, period: hour}\n    tables: []\n',
    'Error: models/sources.yml:4:20: "sources.raw.freshness.warn_after.count" must be a whole number, not "twelve".',
  ),
  inSources(
    'a setting that is unknown',
    'sources:\n  - name: raw\n    config:\n      enable: false\n    tables:\n      - name: orders\n',
    'Error: models/sources.yml:6: Unknown setting "enable" of source "raw.orders". Did you mean "enabled"?',
  ),
  inSources(
    'quoting with a word',
    'sources:\n  - name: raw\n    quoting:\n      identifier: often\n    tables: []\n',
    'Error: models/sources.yml:4:7: "sources.raw.quoting.identifier" must be true or false, not "often".',
  ),
  {
    name: 'an unknown source',
    files: {
      'models/sources.yml': 'sources:\n  - name: raw\n    tables:\n      - name: orders\n',
      'models/orders.sql': "select 1 as order_id, 1 as customer_id, 1 as amount from {{ source('rwa', 'orders') }}\n",
    },
    stderr: ['Error: models/orders.sql:1:75: source("rwa", "orders") not found. Did you mean source("raw", "orders")?'],
    asProcess: true,
  },
  {
    name: 'an unknown table of a source',
    files: {
      'models/sources.yml': 'sources:\n  - name: raw\n    tables:\n      - name: orders\n',
      'models/orders.sql': "select 1 as order_id, 1 as customer_id, 1 as amount from {{ source('raw', 'oders') }}\n",
    },
    stderr: ['Error: models/orders.sql:1:75: source("raw", "oders") not found. Did you mean source("raw", "orders")?'],
  },
  {
    name: 'a source without table',
    files: { 'models/orders.sql': "select 1 as order_id from {{ source('raw') }}\n" },
    stderr: ['Error: models/orders.sql:1:36: source() takes the name of a source and of its table.'],
  },
  {
    name: 'source with three names',
    files: { 'models/orders.sql': "select 1 as order_id from {{ source('raw', 'main', 'orders') }}\n" },
    stderr: ['Error: models/orders.sql:1:36: source() takes the name of a source and of its table.'],
  },
  {
    name: 'a source that is disabled',
    files: {
      'models/sources.yml':
        'sources:\n  - name: raw\n    config:\n      enabled: false\n    tables:\n      - name: orders\n',
      'models/orders.sql': "select 1 as order_id from {{ source('raw', 'orders') }}\n",
    },
    stderr: [
      'Error: models/orders.sql:1:44: source("raw", "orders") is disabled. Enable it (models/sources.yml), or disable this model too.',
    ],
  },
  inSources(
    'an unset variable in a schema',
    'sources:\n  - name: raw\n    schema: "{{ var(\'raw_schema\') }}"\n    tables:\n      - name: orders\n',
    'Error: models/sources.yml:2: var("raw_schema") is not set and has no default. Set it under "vars:" in dbt_project.yml or with --vars.',
  ),
  {
    name: 'an external location that is a number',
    files: {
      'models/sources.yml':
        'sources:\n  - name: raw\n    tables:\n      - name: orders\n        meta:\n          external_location: 3\n',
      'models/orders.sql': "select 1 as order_id, 1 as customer_id, 1 as amount from {{ source('raw', 'orders') }}\n",
    },
    stderr: [
      'Error: models/sources.yml:4: "external_location" of source "raw.orders" must be text, not 3. Write the path of a file, or a glob.',
    ],
  },
  inExposures(
    'an exposure of an unknown type',
    'exposures:\n  - name: dashboard\n    type: dashbord\n    owner: {name: Ann}\n',
    'Error: models/exposures.yml:3:5: "exposures.dashboard.type" must be one of dashboard, notebook, analysis, ml, application, not "dashbord".',
  ),
  inExposures(
    'an exposure without owner',
    'exposures:\n  - name: dashboard\n    type: dashboard\n',
    'Error: models/exposures.yml:2:5: "exposures.dashboard.owner" is missing.',
  ),
  inExposures(
    'an exposure without type',
    'exposures:\n  - name: dashboard\n    owner: {name: Ann}\n',
    'Error: models/exposures.yml:2:5: "exposures.dashboard.type" is missing.',
  ),
  inExposures(
    'an owner that is text',
    'exposures:\n  - name: dashboard\n    type: dashboard\n    owner: Ann\n',
    'Error: models/exposures.yml:4:5: "exposures.dashboard.owner" must be a mapping of keys to values, not "Ann".',
  ),
  inExposures(
    'an unknown maturity',
    'exposures:\n  - name: dashboard\n    type: dashboard\n    owner: {name: Ann}\n    maturity: adult\n',
    'Error: models/exposures.yml:5:5: "exposures.dashboard.maturity" must be one of low, medium, high, not "adult".',
  ),
  inExposures(
    'an exposure of a model that does not exist',
    "exposures:\n  - name: dashboard\n    type: dashboard\n    owner: {name: Ann}\n    depends_on:\n      - ref('ordrs')\n",
    'Error: models/exposures.yml:2: ref("ordrs") not found. Did you mean "orders"?',
  ),
  inExposures(
    'an exposure of something that is no ref',
    'exposures:\n  - name: dashboard\n    type: dashboard\n    owner: {name: Ann}\n    depends_on:\n      - orders\n',
    "Error: models/exposures.yml:2: Exposure \"dashboard\" depends on \"orders\", which is no ref() or source(). Write ref('orders') or source('…', '…').",
  ),
  inExposures(
    'a misspelt key of an exposure',
    "exposures:\n  - name: dashboard\n    type: dashboard\n    owner: {name: Ann}\n    depend_on:\n      - ref('orders')\n",
    'Error: models/exposures.yml:5:5: Unknown key "depend_on" in "exposures.dashboard". Did you mean "depends_on"?',
  ),
  inExposures(
    'two exposures of one name',
    'exposures:\n  - name: dashboard\n    type: dashboard\n    owner: {name: Ann}\n  - name: dashboard\n    type: notebook\n    owner: {name: Ben}\n',
    'Error: models/exposures.yml:5: Two exposures are named "dashboard". The other one is at models/exposures.yml:2.',
  ),
];
