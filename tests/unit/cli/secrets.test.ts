import { expect, it } from 'vitest';
import { collectSecrets } from '../../../orchestrator/cli/secrets.ts';
import { readDuckDbTarget } from '../../../orchestrator/config/targets/duckdb.ts';
import { readYaml } from '../../../orchestrator/config/yaml.ts';

it('knows secret environment variables and settings', () => {
  const env = { DBT_ENV_SECRET_TOKEN: 'abc', DBT_ENV_SECRET_EMPTY: '', HOME: '/home/a' };
  expect(collectSecrets(env)).toEqual(['abc']);
  const settings = { s3_secret_access_key: 'k', memory_limit: '1GB', s3_region: 'eu' };
  const place = { document: readYaml('', 'profiles.yml'), projectDir: '/' };
  const target = readDuckDbTarget({ type: 'duckdb', path: 'a', settings }, [], place);
  expect(collectSecrets({}, target)).toEqual(['k']);
});
