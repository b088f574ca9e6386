import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Sandbox } from '../e2e/cli-runner.ts';
import { token, useBigQueryServer } from './support/bigquery-lab.ts';

const { server } = useBigQueryServer();
let sandbox: Sandbox;

const segments = `{{ config(materialized='score', estimator='kmeans', entity_key='id', features=['x'], as_of='2026-01-01', params={'k': 2}) }}
select id, x from {{ source('raw', 'points') }}
`;

beforeEach(() => {
  const login = { type: 'bigquery', method: 'oauth-secrets', project: 'shop', token, api_endpoint: server.url };
  sandbox = new Sandbox({
    'dbt_project.yml': 'name: shop\nprofile: shop\n',
    'profiles.yml': JSON.stringify({
      shop: { target: 'dev', outputs: { dev: { ...login, dataset: 'marts', threads: 1 } } },
    }),
    'models/sources.yml': 'sources: [{name: raw, tables: [{name: points}]}]',
    'models/segments.sql': segments,
  });
});

afterEach(() => sandbox.remove());

const fields = [
  { name: 'id', type: 'INTEGER' },
  { name: 'x', type: 'FLOAT' },
];

/** What a job says that read so many bytes. */
function read(bytes: number, more: object = {}) {
  return { statistics: { query: { totalBytesProcessed: String(bytes), ...more } } };
}

describe('a run on BigQuery', () => {
  test('counts for a score what its fit read and what its table read', async () => {
    const points = Array.from({ length: 60 }, (_, at) => [String(at < 30 ? at / 100 : 5 + at / 100)]);
    const number = { name: 'n', type: 'FLOAT' };
    server.script('row_count', { ...read(1), fields: Array(4).fill(number), pages: [[[null, '60', '0', '0']]] });
    server.script('number_1', { ...read(100), fields: [number], pages: [points] });
    server.script('and status =', read(10_000));
    server.script('create or replace table', read(1_000_000));
    server.script('delete from', read(100_000_000));
    server.script('select id, x from', read(0, { schema: { fields } }));
    const { code, stderr } = await sandbox.run('run');
    expect([code, stderr]).toEqual([0, expect.stringContaining('OK model marts.segments (97.3 MiB')]);
    const { results } = JSON.parse(readFileSync(join(sandbox.work, 'target/run_results.json'), 'utf8'));
    // The table is made twice: aside, and as a clone in its place.
    expect(results[0].adapter_response).toMatchObject({ bytes_processed: 102_010_101 });
  });
});

describe('a contract on BigQuery', () => {
  test('warns once of constraints that the warehouse does not enforce or know, and leaves those out', async () => {
    const check = { type: 'check', expression: 'id > 0' };
    const columns = [{ name: 'id', data_type: 'int64', constraints: [check, { type: 'primary_key' }] }];
    const contract = { name: 'orders', config: { materialized: 'table', contract: { enforced: true } }, columns };
    sandbox.write({
      'models/orders.sql': 'select 1 as id',
      'models/orders.yml': JSON.stringify({ models: [contract] }),
    });
    server.script('create or replace table', read(0));
    server.script('select 1 as id', read(0, { schema: { fields: fields.slice(0, 1) } }));
    const { code, stderr } = await sandbox.run('run --select orders');
    expect([code, stderr.match(/^.*orders: .*$/gm)]).toEqual([
      0,
      [
        'Warning: orders: bigquery does not support constraints of type check, which are left out; it does not enforce constraints of type primary_key. Data tests can look after what they promise.',
      ],
    ]);
    const sent = server.find(/^POST .*\/jobs$/).map(({ body }) => body.configuration?.query?.query ?? '');
    expect(sent.filter((sql) => sql.includes('`id` int64'))).toEqual([
      expect.stringContaining('(\n    `id` int64 primary key not enforced\n)'),
    ]);
  });
});

describe('compile --dry-run on BigQuery', () => {
  const mebibyte = 1024 * 1024;
  const score = (training: string) => `{{ config(materialized='score', estimator='logistic_regression', entity_key='id',
  label='y', features=['x'], as_of='2026-01-01', fit_in='local', training='${training}') }}
-- depends_on: {{ ref('${training}') }}
select id, x from {{ source('raw', 'customers') }}
`;

  beforeEach(() => {
    const labelled = [...fields, { name: 'y', type: 'INTEGER' }];
    const missing = (name: string) => ({ reason: 'notFound', message: `Not found: Table shop:${name}` });
    server.script('from `shop`.`marts`.`labels`', { errorResults: Array(9).fill(missing('marts.labels')) });
    server.script('`raw`.`gone`', { errorResults: Array(9).fill(missing('raw.gone')) });
    server.script('row_count', read(4 * mebibyte));
    server.script('as label', read(32 * mebibyte));
    server.script('number_1', read(16 * mebibyte));
    server.script('select *\nfrom `shop`.`marts`.`known`', read(0, { schema: { fields: labelled } }));
    server.script('select id, x from', read(2 * mebibyte, { schema: { fields } }));
    server.script('select id, y', read(1024 ** 3));
    const points = ['points', 'customers', 'history', 'gone'].map((name) => ({ name }));
    sandbox.write({
      'models/sources.yml': JSON.stringify({ sources: [{ name: 'raw', tables: points }] }),
      'models/known.sql': "select id, y from {{ source('raw', 'history') }}",
      'models/labels.sql': "select * from {{ source('raw', 'gone') }}",
      'models/churn.sql': score('known'),
      'models/renewals.sql': score('labels'),
    });
  });

  test('tells what each node would read with its fit, what is left out, and hides nothing behind an error', async () => {
    const { code, stdout } = await sandbox.run('compile --dry-run');
    expect([code, stdout]).toEqual([
      0,
      ` 1.0 GiB  model marts.known
54.0 MiB  model marts.churn
22.0 MiB  model marts.segments, without the passes of its fit over a copy of the inputs, made above 500000 rows
 2.0 MiB  model marts.renewals, without its fit: Not found: Table shop:marts.labels
 unknown  model marts.labels: Not found: Table shop:raw.gone
1.1 GiB in total, and what 1 node would read, which cannot be told yet, and what is left out above
`,
    ]);
    const ran = server.find(/^POST .*\/jobs$/).filter(({ body }) => body.configuration?.dryRun !== true);
    expect(ran.map(({ body }) => body.configuration?.query?.query)).toEqual([
      expect.stringContaining('from `shop`.`marts`.INFORMATION_SCHEMA.TABLES'),
    ]);
  });

  test('tells the same as JSON, in bytes', async () => {
    const { stdout } = await sandbox.run('compile --dry-run --output json --select segments renewals labels');
    const without = { bytes: null, reason: null, omitted: null };
    const passes = 'the passes of its fit over a copy of the inputs, made above 500000 rows';
    expect(JSON.parse(stdout)).toEqual({
      nodes: [
        { ...without, unique_id: 'model.shop.labels', reason: 'Not found: Table shop:raw.gone' },
        {
          ...without,
          unique_id: 'model.shop.renewals',
          bytes: 2 * mebibyte,
          omitted: 'its fit: Not found: Table shop:marts.labels',
        },
        { ...without, unique_id: 'model.shop.segments', bytes: 22 * mebibyte, omitted: passes },
      ],
      total_bytes: 24 * mebibyte,
    });
  });
});
