import { describe, expect, it } from 'vitest';
import { readSnowflakeTarget } from '../../../orchestrator/config/targets/snowflake.ts';
import { readYaml } from '../../../orchestrator/config/yaml.ts';
import type { StrataError } from '../../../orchestrator/errors.ts';

const place = { account: 'acme-shop', user: 'loader', database: 'shop', schema: 'marts' };

function read(keys: Readonly<Record<string, unknown>>) {
  const errors: StrataError[] = [];
  const document = readYaml('', 'profiles.yml');
  const target = readSnowflakeTarget({ type: 'snowflake', ...place, ...keys }, errors, {
    document,
    projectDir: '/projects/shop',
    subject: 'target "dev"',
  });
  return { target, errors: errors.map((error) => error.format()) };
}

describe('a Snowflake target', () => {
  it('has what the keys say, and defaults for the rest', () => {
    const { target, errors } = read({ password: 12_345 });
    expect(errors).toEqual([]);
    expect(target).toEqual({
      credentials: {
        type: 'snowflake',
        account: 'acme-shop',
        login: {
          authenticator: 'snowflake',
          user: 'loader',
          password: '12345',
          passcode: null,
          privateKey: null,
          privateKeyPath: null,
          privateKeyPassphrase: null,
          token: null,
          oauthClientId: null,
          oauthClientSecret: null,
          oauthTokenRequestUrl: null,
          oauthAuthorizationUrl: null,
          oauthScope: null,
        },
        role: null,
        warehouse: null,
        database: 'shop',
        schema: 'marts',
        threads: 4,
        query_tag: null,
        client_session_keep_alive: false,
        connect_retries: 1,
        connect_timeout: 10,
        host: null,
        port: null,
        protocol: 'https',
      },
      database: 'shop',
      fields: {
        account: 'acme-shop',
        user: 'loader',
        authenticator: 'snowflake',
        role: null,
        warehouse: null,
        database: 'shop',
        schema: 'marts',
        query_tag: null,
        client_session_keep_alive: false,
        connect_retries: 1,
        connect_timeout: 10,
        host: null,
        port: null,
        protocol: 'https',
      },
      secrets: ['12345'],
    });
  });

  it.each([
    [{ password: 'x' }, 'snowflake'],
    [{ private_key_path: 'key.p8' }, 'snowflake_jwt'],
    [{ private_key: 'MIIE' }, 'snowflake_jwt'],
    [{ authenticator: 'ExternalBrowser' }, 'externalbrowser'],
    [{ authenticator: 'username_password_mfa', password: 'x', passcode: 1 }, 'username_password_mfa'],
    [{ authenticator: 'oauth', token: 'x', user: undefined }, 'oauth'],
    [{ authenticator: 'https://acme.okta.com', password: 'x' }, 'https://acme.okta.com'],
  ])('with %j logs in by %s', (keys, authenticator) => {
    const { target, errors } = read(keys);
    expect([target?.credentials.login.authenticator, errors]).toEqual([authenticator, []]);
  });

  it('finds a key file beside the project', () => {
    const { target } = read({ private_key_path: 'keys/loader.p8' });
    expect(target?.credentials.login.privateKeyPath).toBe('/projects/shop/keys/loader.p8');
  });

  it.each([
    [{}, ['Target "dev" lacks "password".']],
    [{ user: undefined, password: 'x' }, ['Target "dev" lacks "user".']],
    [{ authenticator: 'snowflake_jwt' }, ['Target "dev" lacks "private_key_path".']],
    [{ authenticator: 'oauth' }, ['Target "dev" lacks "token".']],
    [
      { authenticator: 'oauth_client_credentials', oauth_client_id: 'x' },
      ['Target "dev" lacks "oauth_client_secret".', 'Target "dev" lacks "oauth_token_request_url".'],
    ],
  ])('with %j says what is missing', (keys, messages) => {
    const hint = / Add "\w+:" to it; env_var\(\) keeps secrets out of the file\.$/;
    expect(read(keys).errors.map((message) => message.replace(/^profiles\.yml\S*: /, '').replace(hint, ''))).toEqual(
      messages,
    );
  });

  it.each([
    [
      { password: 'x', private_key_path: 'key.p8' },
      'has "password", which authenticator "snowflake_jwt" does not use. Remove "password:", or set the "authenticator:" that uses it.',
    ],
    [
      { private_key: 'x', private_key_path: 'key.p8' },
      'has both "private_key" and "private_key_path". Keep one of them.',
    ],
    [
      { password: 'x', token: 'y' },
      'has "token", which authenticator "snowflake" does not use. Set "authenticator:" to oauth or programmatic_access_token, or remove the token.',
    ],
    [
      { authenticator: 'externalbrowser', password: 'x' },
      'has "password", which authenticator "externalbrowser" does not use. Remove "password:", or set the "authenticator:" that uses it.',
    ],
    [
      { authenticator: 'externalbrowsr' },
      'has authenticator "externalbrowsr", which is unknown. Did you mean "externalbrowser"?',
    ],
  ])('with %j says what contradicts itself', (keys, message) => {
    expect(read(keys).errors).toEqual([expect.stringContaining(`Target "dev" ${message}`)]);
  });

  it('refuses keys it does not know and values of the wrong form', () => {
    expect(read({ password: 'x', warehous: 'SMALL', port: 'x' }).errors).toEqual([
      expect.stringContaining('"port" of target "dev" must be'),
      expect.stringContaining('Unknown key "warehous" in target "dev". Did you mean "warehouse"?'),
    ]);
  });

  it('lists everything that no message may show, and none of it as a field', () => {
    const key = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0\n-----END PRIVATE KEY-----';
    const { target } = read({ private_key: key, private_key_passphrase: 'sesame' });
    expect(target?.secrets).toEqual(['sesame', key, 'MIIEvQIBADANBgkqhkiG9w0']);
    expect(JSON.stringify(target?.fields)).not.toMatch(/sesame|MIIE/);
  });
});
