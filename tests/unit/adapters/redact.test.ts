import { expect, test } from 'vitest';
import { isSecretSetting, redactSecrets, stringifyRedacted } from '../../../orchestrator/adapters/redact.ts';

test.each([
  ['as it is', `the word a'b"c\\d/e is wrong`, 'the word *** is wrong'],
  ['in an address', "postgres://ada:a'b%22c%5Cd%2Fe@host/db", 'postgres://ada:***@host/db'],
  ['in JSON', JSON.stringify({ word: `a'b"c\\d/e` }), '{"word":"***"}'],
  ['in a literal of SQL', `select 'a''b"c\\d/e'`, `select '***'`],
])('a secret is hidden %s', (_, text, expected) => {
  expect(redactSecrets(text, [`a'b"c\\d/e`, ''])).toBe(expected);
});

test('of two secrets the longer goes first', () => {
  expect(redactSecrets('key keyring', ['key', 'keyring'])).toBe('*** ***');
});

test('passwords that nobody named are hidden in connection strings', () => {
  expect(redactSecrets("host=h password=x dbname='d' PGPASSWORD = 'y z', token=t", [])).toBe(
    "host=h password=*** dbname='d' PGPASSWORD = ***, token=***",
  );
  expect(redactSecrets('s3://bucket/key and https://ada:x@host', [])).toBe('s3://bucket/key and https://ada:***@host');
});

test('JSON stays JSON', () => {
  const data = { vars: { dsn: 'host=h password=x' }, words: ['say "x"', 'plain'], count: 2 };
  expect(stringifyRedacted(data, ['say "x"'])).toBe(
    '{"vars":{"dsn":"host=h password=***"},"words":["***","plain"],"count":2}',
  );
});

test('settings are secret by their name', () => {
  const names = ['s3_secret_access_key', 'motherduck_token', 'password', 'memory_limit', 's3_region'];
  expect(names.filter(isSecretSetting)).toEqual(['s3_secret_access_key', 'motherduck_token', 'password']);
});
