import { expect, test } from 'vitest';
import { Environment } from '../../../orchestrator/config/env-var.ts';

test('reads variables and nothing that every object has', () => {
  const environment = new Environment({ HOME: '/home/ada' });
  expect(environment.read('HOME')).toBe('/home/ada');
  for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
    expect(environment.read(name), name).toBeUndefined();
    expect(environment.readSecret(name), name).toBeUndefined();
    expect(environment.digest(name), name).toBe('unset');
    expect(new Environment(process.env).read(name), name).toBeUndefined();
  }
});

test('remembers what templates read, as digests, and not what connections read', () => {
  const environment = new Environment({ REGION: 'eu', DBT_ENV_SECRET_KEY: 'k' });
  environment.readSecret('DBT_ENV_SECRET_KEY');
  environment.read('REGION');
  environment.read('MISSING');
  // The first 16 digits of the SHA-256 of "eu".
  expect(environment.digests()).toEqual({ MISSING: 'unset', REGION: '4d0282941aaf2d69' });
});
