import { expect, it } from 'vitest';
import { collectSecrets } from '../../../orchestrator/cli/secrets.ts';

const duckDb = {
  type: 'duckdb',
  path: 'a',
  schema: 'main',
  database: 'a',
  threads: 1,
  extensions: [],
  attach: [],
} as const;

it('knows secret environment variables and settings', () => {
  const env = { DBT_ENV_SECRET_TOKEN: 'abc', DBT_ENV_SECRET_EMPTY: '', HOME: '/home/a' };
  expect(collectSecrets(env)).toEqual(['abc']);
  const settings = { s3_secret_access_key: 'k', memory_limit: '1GB', s3_region: 'eu' };
  expect(collectSecrets({}, { ...duckDb, settings })).toEqual(['k']);
});
