import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { starterFiles } from '../../orchestrator/cli/starter-files.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { Sandbox } from './cli-runner.ts';

let server: TestPostgres;
let sandbox: Sandbox;

beforeAll(async () => {
  server = await startPostgres();
  sandbox = new Sandbox({ ...starterFiles('shop'), 'profiles.yml': writeProfiles(server) });
});

afterAll(async () => {
  await server.stop();
  sandbox.remove();
});

function writeProfiles({ host, port, user, database }: TestPostgres): string {
  const output = (password: string): object => ({
    type: 'postgres',
    host,
    port,
    user,
    password,
    dbname: database,
    schema: 'shop',
  });
  const good = output("{{ env_var('DBT_ENV_SECRET_PASSWORD') }}");
  // JSON is YAML too.
  return JSON.stringify({ shop: { target: 'dev', outputs: { dev: good, wrong: output('wrong-secret-word') } } });
}

describe('strata on Postgres', () => {
  const secret = (): Record<string, string> => ({ DBT_ENV_SECRET_PASSWORD: server.password });

  it('tells what the connection may do, without the password', async () => {
    const { code, stdout, stderr } = await sandbox.run('debug', { env: secret() });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).not.toContain(server.password);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toEqual(expect.arrayContaining(['warehouse: postgres', `  user: ${server.user}`, '  schema: shop']));
    expect(lines.slice(-4)).toEqual([
      'connection: ok',
      'may create schema shop: yes',
      'may create tables in shop: yes',
      'may create views in shop: yes',
    ]);
  });

  it('builds, and writes the password nowhere', async () => {
    const { code, stderr } = await sandbox.run('build --log-path logs', { env: secret() });
    expect(code).toBe(0);
    expect(stderr).toContain('PASS=8 WARN=0 ERROR=0 SKIP=0 TOTAL=8');
    for (const file of ['target/manifest.json', 'target/run_results.json', 'logs/strata.log']) {
      expect(readFileSync(join(sandbox.work, file), 'utf8')).not.toContain(server.password);
    }
    const query = `"select customer_id, orders from {{ ref('fct_customer_orders') }} order by 1"`;
    const { stdout } = await sandbox.run(`show --inline ${query} --output json --limit -1`, { env: secret() });
    expect(JSON.parse(stdout).show).toEqual([
      { customer_id: 101, orders: 2 },
      { customer_id: 102, orders: 1 },
      { customer_id: 103, orders: 1 },
    ]);
  });

  it('says that a password is wrong without showing it, and ends with 2', async () => {
    const { code, stdout, stderr } = await sandbox.run('run --target wrong', { env: secret() });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Error: ');
    expect(stderr).not.toContain('wrong-secret-word');
  });

  it('tests a source on the new rows of the seed that is the same table', async () => {
    const own = new Sandbox({
      'dbt_project.yml': 'name: shop\nprofile: shop\n',
      'profiles.yml': writeProfiles(server),
      'seeds/raw_refunds.csv': 'id,amount\n1,10\n',
      'models/sources.yml': `
sources:
  - name: landing
    schema: shop
    tables:
      - name: raw_refunds
        columns: [{name: amount, data_tests: [not_null]}]
`,
    });
    expect((await own.run('build', { env: secret() })).code).toBe(0);
    own.write({ 'seeds/raw_refunds.csv': 'id,amount\n1,10\n2,\n' });
    const { code, stderr } = await own.run('build', { env: secret() });
    expect({
      code,
      isRefused: stderr.includes('not published: test source_not_null_landing_raw_refunds_amount (1)'),
    }).toEqual({ code: 1, isRefused: true });
    const { stdout } = await own.run('show --inline "select * from shop.raw_refunds" --output json', { env: secret() });
    expect(JSON.parse(stdout).show).toEqual([{ id: 1, amount: 10 }]);
    own.remove();
  });

  it('shows what reads a file from where the build put it', async () => {
    const own = new Sandbox({
      'dbt_project.yml': 'name: shop\nprofile: shop\n',
      'profiles.yml': writeProfiles(server),
      'paid (1).csv': 'id,amount\n1,10\n',
      'models/sources.yml':
        'sources:\n  - name: files\n    tables:\n      - name: paid\n        meta: {external_location: paid (1).csv}\n',
      'models/paid_orders.sql':
        "{{ config(materialized='table') }}select id, amount from {{ source('files', 'paid') }}\n",
      'models/latest.sql': "select {{ var('as_of_date', 0) }} as id from {{ ref('paid_orders') }}\n",
      'macros/day.sql':
        "{% macro default_as_of_date() %}{{ return(run_query('select max(id) from ' ~ source('files', 'paid')).columns[0].values()[0]) }}{% endmacro %}\n",
    });
    expect((await own.run('build', { env: secret() })).code).toBe(0);
    expect((await own.run('build --select latest', { env: secret() })).code).toBe(0);
    for (const what of ['--select paid_orders', "--inline \"select * from {{ source('files', 'paid') }}\""]) {
      const { stdout } = await own.run(`show ${what} --output json`, { env: secret() });
      expect(JSON.parse(stdout).show).toEqual([{ id: 1, amount: 10 }]);
    }
    const { stdout } = await own.run('compile --select paid_orders', { env: secret() });
    expect(stdout).toMatch(/^select id, amount from ".*"\."shop_landing"\."files__paid"\n$/);
    own.remove();
  });
});
