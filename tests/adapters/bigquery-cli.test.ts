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
