import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SnowflakeLogin } from '../../orchestrator/adapters/snowflake-login.ts';
import { byPassword, caught, SECRET, SnowflakeLab } from './support/snowflake-lab.ts';

const lab = new SnowflakeLab();

describe('connecting', () => {
  test('logs in as the target says and sets the session up before anything else', async () => {
    await lab.open({ query_tag: 'nightly' }).connect();
    expect(
      lab.server.logins.map(({ query, data }) => [query, data.ACCOUNT_NAME, data.LOGIN_NAME, data.PASSWORD]),
    ).toEqual([
      [
        {
          requestId: expect.any(String),
          request_guid: expect.any(String),
          warehouse: 'SMALL',
          databaseName: 'SHOP',
          schemaName: 'MARTS',
          roleName: 'TRANSFORMER',
        },
        'acme-shop',
        'LOADER',
        SECRET,
      ],
    ]);
    expect(lab.server.statements.map(({ sqlText }) => sqlText)).toEqual([
      "alter session set TIMEZONE = 'UTC' QUOTED_IDENTIFIERS_IGNORE_CASE = false MULTI_STATEMENT_COUNT = 1" +
        " AUTOCOMMIT = true ERROR_ON_NONDETERMINISTIC_MERGE = true WEEK_START = 0 DATE_INPUT_FORMAT = 'AUTO'" +
        " TIMESTAMP_INPUT_FORMAT = 'AUTO' TIMESTAMP_TYPE_MAPPING = 'TIMESTAMP_NTZ' BINARY_OUTPUT_FORMAT = 'HEX'" +
        " TIME_OUTPUT_FORMAT = 'HH24:MI:SS.FF9'",
    ]);
  });
});

describe('logins', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'strata-tokens-'));
    vi.stubEnv('SF_TEMPORARY_CREDENTIAL_CACHE_DIR', folder);
  });

  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  test('by a second factor keep its token, so that only the first session asks a person', async () => {
    const adapter = lab.open({ login: { ...byPassword, authenticator: 'username_password_mfa' } });
    await adapter.connect();
    await adapter.openSession();
    await adapter.openSession();
    const said = lab.server.logins.map(({ data }) => [data.AUTHENTICATOR, data.TOKEN, data.SESSION_PARAMETERS]);
    const parameters = expect.objectContaining({ CLIENT_REQUEST_MFA_TOKEN: true });
    expect(said).toEqual([
      ['USERNAME_PASSWORD_MFA', null, parameters],
      ['USERNAME_PASSWORD_MFA', 'second-factor', parameters],
    ]);
  });

  test.each(['oauth', 'programmatic_access_token'])('by %s send the token alone', async (authenticator) => {
    const login = { ...byPassword, authenticator, password: null, token: 'a-token' };
    await lab.open({ login }).connect();
    const { AUTHENTICATOR, TOKEN, PASSWORD } = lab.server.logins[0]?.data ?? {};
    expect([AUTHENTICATOR, TOKEN, PASSWORD]).toEqual([authenticator.toUpperCase(), 'a-token', undefined]);
  });

  test('leave no log behind and write to no stream', async () => {
    const written = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write'));
    await lab.open().connect();
    expect(written.map(({ mock }) => mock.calls)).toEqual([[], []]);
    expect(existsSync('snowflake.log')).toBe(false);
  });
});

describe('refused connections', () => {
  test.each<[string, number | { code: string; message: string }, string, string | undefined]>([
    [
      'a wrong password',
      { code: '390100', message: `Incorrect username or password was specified: ${SECRET}` },
      'Incorrect username or password was specified: ***',
      'Check "account", "user" and "password" in profiles.yml.',
    ],
    [
      'a second factor',
      { code: '394508', message: 'Failed to authenticate: MFA with TOTP is required.' },
      'Failed to authenticate: MFA with TOTP is required.',
      'Set "authenticator: username_password_mfa" or "passcode".',
    ],
    [
      'a role that is not granted',
      { code: '390189', message: "Role 'TRANSFORMER' specified in the connect string is not granted to this user." },
      "Role 'TRANSFORMER' specified in the connect string is not granted to this user.",
      'Check "role", "database" and "warehouse" in profiles.yml, and their grants.',
    ],
    [
      'an account that does not exist',
      404,
      'Request to Snowflake failed. (HTTP 404)',
      'Check "account" (organization-account) or "host" in profiles.yml.',
    ],
  ])('%s is told with what to do and without the secret', async (_, refusal, reason, hint) => {
    lab.server.refusedLogins.push(refusal);
    const error = await caught(lab.open().connect());
    expect([error.code, error.message, error.hint]).toEqual([
      'connection-failed',
      `Snowflake refuses LOADER at http://127.0.0.1:${lab.server.port}: ${reason}`,
      hint,
    ]);
    expect(JSON.stringify([error, error.cause, error.stack])).not.toContain(SECRET);
  });

  test('a warehouse or database that the role may not use is told at once', async () => {
    lab.server.on(/^alter session/, {
      ...{ kind: 'rows', columns: [], rows: [] },
      state: { finalWarehouseName: null, finalDatabaseName: null },
    });
    const error = await caught(lab.open().connect());
    expect([error.code, error.message, error.hint]).toEqual([
      'connection-failed',
      'Snowflake gives the session no warehouse "SMALL" and no database "SHOP".',
      'Create what does not exist, and grant usage on it to the role "TRANSFORMER".',
    ]);
  });

  test('a busy service is asked again, as often as the target says', async () => {
    lab.server.refusedLogins.push(503, 503);
    await lab.open({ connect_retries: 2 }).connect();
    expect(lab.server.logins.length).toBe(3);
    lab.server.refusedLogins.push(503, 503);
    const error = await caught(lab.open({ connect_retries: 1 }).connect());
    expect(error.message).toBe(
      `Snowflake refuses LOADER at http://127.0.0.1:${lab.server.port}: Request to Snowflake failed. (HTTP 503)`,
    );
  });

  test('a wrong password is not tried again, since that locks users out', async () => {
    lab.server.refusedLogins.push({ code: '390100', message: 'Incorrect username or password was specified.' });
    await caught(lab.open({ connect_retries: 5 }).connect());
    expect(lab.server.logins.length).toBe(1);
  });

  test('a server that does not listen is named', async () => {
    const error = await caught(lab.open({ port: 1, connect_retries: 0 }).connect());
    expect([error.code, error.hint]).toEqual(['connection-failed', 'Check "host" and "port" in profiles.yml.']);
    expect(error.message).toMatch(/^Snowflake refuses LOADER at http:\/\/127\.0\.0\.1:1: .*ECONNREFUSED/);
  });

  describe('a private key', () => {
    const byKey: SnowflakeLogin = { ...byPassword, authenticator: 'snowflake_jwt', password: null };
    const hint = 'It must be a PEM file or its base64 text; an encrypted one needs "private_key_passphrase".';
    const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = key.export({ type: 'pkcs8', format: 'pem' }).toString();
    const encrypted = key
      .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: SECRET })
      .toString();

    test.each<[string, Partial<SnowflakeLogin>]>([
      ['as PEM', { privateKey: pem }],
      ['with its line ends written out', { privateKey: pem.trim().replaceAll('\n', '\\n') }],
      ['as bare base64', { privateKey: pem.replace(/-----[^-]+-----|\n/g, '') }],
      ['encrypted', { privateKey: encrypted, privateKeyPassphrase: SECRET }],
    ])('%s signs the login', async (_, login) => {
      await lab.open({ login: { ...byKey, ...login } }).connect();
      const { AUTHENTICATOR, TOKEN, PASSWORD } = lab.server.logins[0]?.data ?? {};
      const [, claims = ''] = String(TOKEN).split('.');
      expect([AUTHENTICATOR, PASSWORD]).toEqual(['SNOWFLAKE_JWT', undefined]);
      expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({ sub: 'ACME-SHOP.LOADER' });
    });

    test.each<[string, Partial<SnowflakeLogin>, RegExp]>([
      ['is none', { privateKey: 'c2VzYW1l' }, /^The key in "private_key" cannot be read: error:/],
      ['needs a passphrase', { privateKey: encrypted }, /^The key in "private_key" cannot be read: it is encrypted$/],
      [
        'is not there',
        { privateKeyPath: '/nowhere/key.p8' },
        /^The key in "private_key_path" \(\/nowhere\/key\.p8\) cannot be read: ENOENT/,
      ],
    ])('that %s is told before anything is sent', async (_, login, message) => {
      const error = await caught(lab.open({ login: { ...byKey, ...login } }).connect());
      expect([error.code, error.message, error.hint]).toEqual([
        'connection-failed',
        expect.stringMatching(message),
        hint,
      ]);
      expect(lab.server.requests).toEqual([]);
    });
  });
});
