import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { type Outcome, Sandbox } from './cli-runner.ts';

let server: TestPostgres;

beforeAll(async () => {
  server = await startPostgres();
});

afterAll(() => server.stop());

/** A seed that holds the password makes the warehouse quote it in an error. */
function projectFiles(password: string): Readonly<Record<string, string>> {
  return {
    'dbt_project.yml': 'name: shop\nprofile: shop\n',
    'seeds/logins.csv': `id,word\n1,"${password.replaceAll('"', '""')}"\n`,
    'models/good.sql': "select id from {{ ref('logins') }}\n",
    'models/bad.sql':
      "{{ config(materialized='table') }} select cast(word as integer) as word from {{ ref('logins') }}\n",
    'models/models.yml': 'models:\n  - name: good\n    columns:\n      - name: id\n        data_tests: [unique]\n',
  };
}

function profile(settings: Readonly<Record<string, unknown>>): string {
  const { host, port, user, database } = server;
  const output = { type: 'postgres', host, port, user, dbname: database, schema: 'shop', ...settings };
  return JSON.stringify({ shop: { target: 'test', outputs: { test: output } } });
}

/** Where a word stands in what a command wrote, in any spelling it may have been given. */
function findWord(word: string, sandbox: Sandbox, outcome: Outcome): readonly string[] {
  const spellings = [word, encodeURIComponent(word), JSON.stringify(word).slice(1, -1), word.replaceAll("'", "''")];
  const holds = (text: string) => spellings.some((spelling) => text.includes(spelling));
  const files = readdirSync(sandbox.work, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/profiles\.yml$|logins\.csv$/.test(path) && holds(readFileSync(path, 'latin1')));
  const streams = Object.entries({ stdout: outcome.stdout, stderr: outcome.stderr })
    .filter(([, text]) => holds(text))
    .map(([name]) => name);
  return [...streams, ...files];
}

describe('the password of a connection', () => {
  let sandbox: Sandbox;

  beforeAll(() => {
    sandbox = new Sandbox({ ...projectFiles(server.password), 'profiles.yml': profile({ password: server.password }) });
  });

  afterAll(() => sandbox.remove());

  test.each(['text', 'json'])('is in no log and no artifact of a run whose errors quote it (%s)', async (format) => {
    const outcome = await sandbox.run(`build --debug --log-format ${format} --log-path logs`);
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain('invalid input syntax for type integer');
    expect(outcome.stderr).toContain('***');
    expect(readdirSync(join(sandbox.work, 'target'))).toEqual(
      expect.arrayContaining(['manifest.json', 'run_results.json', 'strata_journal.ndjson']),
    );
    expect(findWord(server.password, sandbox, outcome)).toEqual([]);
  });

  test('is not shown by debug', async () => {
    const outcome = await sandbox.run('debug --debug');
    expect(outcome.code).toBe(0);
    expect(findWord(server.password, sandbox, outcome)).toEqual([]);
  });
});

describe('a password that is refused', () => {
  const word = `"w'o\\rd' & <more>`;

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['it is wrong', { password: word }],
    ['nobody listens', { password: word, port: 1, retries: 0 }],
    ['the user does not exist', { password: word, user: word }],
    ['it stands under a wrong key', { passwort: word }],
    ['it has the wrong type', { password: [word] }],
  ])('is not shown when %s', async (_, settings) => {
    const sandbox = new Sandbox({ ...projectFiles('x'), 'profiles.yml': profile(settings) });
    for (const command of ['build --debug --log-path logs', 'build --log-format json', 'debug']) {
      const outcome = await sandbox.run(command);
      expect(outcome.code, outcome.stderr).toBe(2);
      expect(findWord(word, sandbox, outcome), outcome.stdout + outcome.stderr).toEqual([]);
    }
    sandbox.remove();
  });

  test.each([
    'shop:\n  outputs:\n    test: {type: postgres, password: s3cret-word\n',
    'shop:\n  outputs:\n    test:\n      password: "s3cret-word\n',
    'shop:\n  outputs:\n    test:\n      password: s3cret-word: 5\n',
    "shop:\n  outputs:\n    test:\n      password: '{{ s3cret-word'\n",
    'shop:\n  outputs:\n    test:\n      password: \'{{ "s3cret-word" | nothing }}\'\n',
    'shop:\n  outputs:\n    test:\n      password: &s3cret-word x\n      password: s3cret-word\n',
    'shop:\n  outputs:\n    test:\n      password: !s3cret-word x\n',
  ])('is not shown from a file that cannot be read: %j', async (text) => {
    const sandbox = new Sandbox({ ...projectFiles('x'), 'profiles.yml': text });
    const outcome = await sandbox.run('build --debug');
    expect(outcome.code, outcome.stderr).toBe(2);
    expect(findWord('s3cret-word', sandbox, outcome), outcome.stderr).toEqual([]);
    sandbox.remove();
  });
});

describe('secret environment variables', () => {
  test('are in no message and no artifact, whatever they are used for', async () => {
    const word = 'hidden-word';
    const env = { DBT_ENV_SECRET_WORD: word };
    const files = {
      ...projectFiles('x'),
      'profiles.yml': profile({ password: word, host: "{{ env_var('DBT_ENV_SECRET_WORD') }}" }),
    };
    const sandbox = new Sandbox(files);
    for (const command of ['build --debug --log-path logs', 'debug']) {
      const outcome = await sandbox.run(command, { env });
      expect(outcome.code).toBe(2);
      expect(findWord(word, sandbox, outcome), outcome.stdout + outcome.stderr).toEqual([]);
    }
    sandbox.remove();
  });
});
