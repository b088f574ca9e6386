import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { build } from 'esbuild';
import { describe, expect, test, vi } from 'vitest';
import { fail, token, useBigQueryServer } from './support/bigquery-lab.ts';
import { refuse } from './support/bigquery-server-wire.ts';

const { server, openAdapter } = useBigQueryServer();

describe('connecting to BigQuery', () => {
  test('is a dry run with the token given, in the project that pays', async () => {
    await openAdapter({ execution_project: 'payer', location: 'EU', quota_project: 'quota' }).connect();
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]).toMatchObject({
      method: 'POST',
      path: '/bigquery/v2/projects/payer/jobs',
      headers: { authorization: `Bearer ${token}`, 'x-goog-user-project': 'quota' },
      body: {
        configuration: { dryRun: true, query: { query: 'select 1', useLegacySql: false } },
        jobReference: { projectId: 'payer', location: 'EU' },
      },
    });
  });

  test.each([
    [
      'a token that is not valid any more',
      refuse(401, 'authError', 'Invalid Credentials'),
      'BigQuery refuses project shop (method oauth-secrets): Invalid Credentials',
      'Log in again, or check the token or key that profiles.yml names.',
    ],
    [
      'an account that may not make jobs',
      refuse(403, 'accessDenied', 'Access Denied: Project shop: User does not have bigquery.jobs.create permission'),
      'BigQuery refuses project shop (method oauth-secrets): Access Denied: Project shop: User does not have bigquery.jobs.create permission',
      'The account needs the role "BigQuery Job User" in the project that pays for the jobs.',
    ],
    [
      'a project that does not exist',
      refuse(404, 'notFound', 'Not found: Project shop'),
      'BigQuery refuses project shop (method oauth-secrets): Not found: Project shop',
      'Check "project" in profiles.yml, and that BigQuery is enabled.',
    ],
  ])('refuses %s, with what to do', async (_, answer, message, hint) => {
    server.refuseNext(/POST .*\/jobs$/, [answer]);
    const error = await fail(openAdapter().connect());
    expect(error).toMatchObject({ code: 'connection-failed', message, hint });
    expect(inspect(error, { depth: 10 })).not.toContain(token);
  });

  test('says so where nothing listens', async () => {
    const error = await fail(openAdapter({ api_endpoint: 'http://127.0.0.1:1' }).connect());
    expect(error.code).toBe('connection-failed');
    expect(error.message).toMatch(/^BigQuery refuses project shop \(method oauth-secrets\): .*ECONNREFUSED/);
    expect(error.hint).toBe('Check "api_endpoint" in profiles.yml, or the network.');
  });

  test('waits as long as the server asks when there are too many requests', async () => {
    server.refuseNext(/POST .*\/jobs$/, [refuse(429, 'rateLimitExceeded', 'Slow down', { 'retry-after': '1' })]);
    const started = performance.now();
    await openAdapter().connect();
    expect(performance.now() - started).toBeGreaterThan(990);
    expect(server.requests).toHaveLength(2);
  });
});

describe('logging in', () => {
  test('with a refresh token asks its own address for a token, once', async () => {
    server.resources.set('/token', { access_token: 'fresh', expires_in: 3600, token_type: 'Bearer' });
    const adapter = openAdapter({
      token: null,
      refresh_token: 'refresh-1',
      client_id: 'id-1',
      client_secret: 'secret-1',
      token_uri: `${server.url}/bigquery/v2/token`,
    });
    await adapter.connect();
    await (await adapter.openSession()).query('select 1');
    const logins = server.find(/\/token$/);
    expect(logins).toHaveLength(1);
    expect(Object.fromEntries(new URLSearchParams(logins[0]?.text))).toEqual({
      refresh_token: 'refresh-1',
      client_id: 'id-1',
      client_secret: 'secret-1',
      grant_type: 'refresh_token',
    });
    const used = server.find(/\/jobs/).map(({ headers }) => headers['authorization']);
    expect([...new Set(used)]).toEqual(['Bearer fresh']);
  });

  test('with one that was revoked fails with a hint and without it', async () => {
    server.refuseNext(/\/token$/, [
      { status: 400, body: { error: 'invalid_grant', error_description: 'Token refresh-1 has been revoked.' } },
    ]);
    const login = { token: null, refresh_token: 'refresh-1', client_id: 'id-1', client_secret: 'secret-1' };
    const error = await fail(openAdapter({ ...login, token_uri: `${server.url}/bigquery/v2/token` }).connect());
    expect(error.code).toBe('connection-failed');
    expect(error.message).toMatch(/^BigQuery refuses project shop \(method oauth-secrets\): .*invalid_grant/);
    expect(error.hint).toBe('The token or key was revoked or has expired: log in again, or make a new one.');
    expect(inspect(error, { depth: 10 })).not.toMatch(/refresh-1|secret-1/);
  });

  test('with a key that is none fails without showing it', async () => {
    const key = { type: 'service_account', client_email: 'a@shop.example', private_key: 'not a key 0815' };
    const error = await fail(openAdapter({ method: 'service-account-json', keyfile_json: key }).connect());
    expect(error.code).toBe('connection-failed');
    expect(error.hint).toBe('Check the key: "keyfile" or "keyfile_json" in profiles.yml.');
    expect(inspect(error, { depth: 10 })).not.toContain('0815');
  });

  test('with a key file that does not exist names it', async () => {
    const error = await fail(openAdapter({ method: 'service-account', keyfile: '/nowhere/key.json' }).connect());
    expect(error).toMatchObject({ code: 'connection-failed', hint: 'Check "keyfile" in profiles.yml.' });
    expect(error.message).toContain('/nowhere/key.json');
  });
});

describe('a service account', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  // In a universe of its own a key signs its requests itself, without asking Google for a token.
  const key = { type: 'service_account', client_email: 'strata@shop.example', universe_domain: 'shop.example' };

  /** The claims of the token that the last request carried, if the key has signed it. */
  const readClaims = () => {
    const [, signed = '', signature = ''] =
      /^Bearer (.+)\.([^.]+)$/.exec(String(server.requests.at(-1)?.headers['authorization'])) ?? [];
    const isValid = verify('sha256', Buffer.from(signed), publicKey, Buffer.from(signature, 'base64url'));
    return isValid ? JSON.parse(Buffer.from(signed.split('.')[1] ?? '', 'base64url').toString()) : null;
  };
  const claims = {
    iss: 'strata@shop.example',
    scope: expect.stringContaining('https://www.googleapis.com/auth/bigquery'),
  };

  test('logs in with the fields of its key, also where its line ends are spelled out', async () => {
    for (const private_key of [pem, pem.replaceAll('\n', '\\n')]) {
      const keyfile_json = { ...key, private_key };
      await openAdapter({ method: 'service-account-json', token: null, keyfile_json }).connect();
      expect(readClaims()).toMatchObject(claims);
    }
  });

  test('logs in with its key file, for the scopes given', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'strata-key-'));
    const keyfile = join(folder, 'key.json');
    writeFileSync(keyfile, JSON.stringify({ ...key, private_key: pem }));
    await openAdapter({ method: 'service-account', token: null, keyfile, scopes: ['scope-1', 'scope-2'] }).connect();
    expect(readClaims()).toMatchObject({ ...claims, scope: 'scope-1 scope-2' });
    rmSync(folder, { recursive: true });
  });

  test('that is impersonated gets its token from Google, and a refusal has a hint', async () => {
    const proxy = createServer();
    const asked: (string | undefined)[] = [];
    proxy.on('connect', ({ url }, socket) => {
      asked.push(url);
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as AddressInfo;
    vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${port}`);
    const error = await fail(openAdapter({ impersonate_service_account: 'other@shop.example' }).connect());
    vi.unstubAllEnvs();
    proxy.close();
    expect(new Set(asked)).toEqual(new Set(['iamcredentials.googleapis.com:443']));
    expect(error.code).toBe('connection-failed');
    expect(error.hint).toBe('The account needs "Service Account Token Creator" on the other one.');
    expect(server.requests).toEqual([]);
  });
});

test('without the client the error says how to install it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'strata-no-client-'));
  try {
    const source = `
      import { BigQueryAdapter } from './orchestrator/adapters/bigquery.ts';
      new BigQueryAdapter({ type: 'bigquery', method: 'oauth', project: 'shop' }).connect()
        .catch((error) => console.log(error.code + ': ' + error.format()));`;
    const stdin = { contents: source, resolveDir: process.cwd(), loader: 'ts' } as const;
    const outfile = join(folder, 'run.mjs');
    const external = ['@google-cloud/bigquery'];
    await build({ stdin, outfile, external, bundle: true, platform: 'node', format: 'esm' });
    const { stdout } = spawnSync(process.execPath, [outfile], { cwd: folder, encoding: 'utf8' });
    expect(stdout).toBe(
      'connection-failed: The client of BigQuery is not installed. Run "npm install @google-cloud/bigquery" in the project.\n',
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
