import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { starterFiles } from '../../orchestrator/cli/starter-files.ts';
import { Sandbox, withoutTimes } from './cli-runner.ts';

describe('a new project', () => {
  let sandbox: Sandbox;

  beforeAll(() => {
    sandbox = new Sandbox(starterFiles('shop'));
  });

  afterAll(() => sandbox.remove());

  function readJson(path: string) {
    return JSON.parse(readFileSync(join(sandbox.work, path), 'utf8'));
  }

  it('builds', async () => {
    const { code, stdout, stderr } = await sandbox.run('build --threads 1');
    expect({ code, stdout, stderr: withoutTimes(stderr) }).toEqual({
      code: 0,
      stdout: '',
      stderr: `Target dev (duckdb), schema main
8 nodes, 1 thread
1 of 8 OK seed main.raw_orders (4 rows, N.NNs)
2 of 8 PASS test unique_stg_orders_order_id (N.NNs)
3 of 8 PASS test not_null_stg_orders_order_id (N.NNs)
4 of 8 PASS test not_null_stg_orders_customer_id (N.NNs)
5 of 8 OK model main.stg_orders (N.NNs)
6 of 8 PASS test unique_fct_customer_orders_customer_id (N.NNs)
7 of 8 PASS test not_null_fct_customer_orders_customer_id (N.NNs)
8 of 8 OK model main.fct_customer_orders (3 rows, N.NNs)

Done in N.NNs. PASS=8 WARN=0 ERROR=0 SKIP=0 TOTAL=8
`,
    });
  });

  it('leaves artifacts of the run', () => {
    const results = readJson('target/run_results.json');
    expect(results.results).toHaveLength(8);
    expect(results.args).toEqual({ which: 'build', target: 'dev', threads: 1, vars: {} });
    expect(Object.keys(readJson('target/manifest.json').nodes)).toHaveLength(8);
    expect(existsSync(join(sandbox.work, 'target/compiled/shop/models/marts/fct_customer_orders.sql'))).toBe(true);
  });

  it('says nothing when quiet and all goes well', async () => {
    expect(await sandbox.run('run -q')).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('logs JSON, one object per line', async () => {
    const { stderr } = await sandbox.run('seed --log-format json');
    const events = stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.map(({ event, level }) => [event, level])).toEqual([
      ...[
        ['target', 'info'],
        ['run-start', 'info'],
        ['node-end', 'info'],
        ['summary', 'info'],
      ],
    ]);
    expect(events[2]).toMatchObject({ unique_id: 'seed.shop.raw_orders', status: 'success', rows_affected: 4 });
  });

  it('shows rows as a table and as JSON', async () => {
    expect(await sandbox.run('show --select fct_customer_orders --limit 2')).toEqual({
      code: 0,
      stderr: '',
      stdout: `| customer_id | orders | amount | first_ordered_at    | last_ordered_at     |
| ----------- | ------ | ------ | ------------------- | ------------------- |
|         101 |      2 |     65 | 2025-01-04 09:12:00 | 2025-01-19 11:03:00 |
|         102 |      1 |   12.5 | 2025-01-05 17:40:00 | 2025-01-05 17:40:00 |
`,
    });
    const inline = await sandbox.run(`show --inline "select count(*) as n from {{ ref('stg_orders') }}" --output json`);
    expect(JSON.parse(inline.stdout)).toEqual({ node: 'inline', show: [{ n: 4 }] });
  });

  it('names each of several tables it shows', async () => {
    const { stdout } = await sandbox.run('show --select stg_orders fct_customer_orders --limit 1');
    expect(stdout.split('\n').filter((line) => !line.startsWith('|'))).toEqual([
      'fct_customer_orders:',
      'stg_orders:',
      '',
    ]);
  });

  it('compiles to files, and prints one model or inline SQL', async () => {
    const one = await sandbox.run('compile --select stg_orders');
    const file = readFileSync(join(sandbox.work, 'target/compiled/shop/models/staging/stg_orders.sql'), 'utf8');
    expect(one.stdout).toBe(`${file.trim()}\n`);
    expect(withoutTimes(one.stderr)).toBe('Compiled 4 nodes in N.NNs.\n');
    const manifest = readJson('target/manifest.json');
    expect(manifest.nodes['model.shop.stg_orders']).toMatchObject({ compiled: true, compiled_code: file });
    expect(await sandbox.run(`compile --inline "select * from {{ ref('stg_orders') }}"`)).toEqual({
      code: 0,
      stdout: 'select * from "shop"."main"."stg_orders"\n',
      stderr: '',
    });
  });

  it('parses and counts what it found', async () => {
    const { code, stdout, stderr } = await sandbox.run('parse');
    const said = 'Parsed 2 models, 1 seed and 5 tests in N.NNs.\n';
    expect({ code, stdout, stderr: withoutTimes(stderr) }).toEqual({ code: 0, stdout: '', stderr: said });
  });

  it('tells what the connection may do', async () => {
    const { code, stdout } = await sandbox.run('debug');
    expect(code).toBe(0);
    expect(stdout.split('\n').slice(1)).toEqual([
      'project: shop (./dbt_project.yml)',
      'profile: shop, target dev (no profiles.yml: a DuckDB file in the project)',
      ...['warehouse: duckdb', '  database: shop', '  schema: main', '  path: shop.duckdb', '  threads: 4'],
      ...['connection: ok', 'may create schema main: yes', 'may create tables in main: yes'],
      ...['may create views in main: yes', ''],
    ]);
  });

  it('runs from a folder below, and by --project-dir', async () => {
    const nested = await sandbox.run('ls --select stg_orders --resource-type model --project-dir .');
    expect(nested.stdout).toBe('shop.staging.stg_orders\n');
  });
});

describe('a project with failures', () => {
  let sandbox: Sandbox;

  beforeAll(() => {
    sandbox = new Sandbox({
      'dbt_project.yml': 'name: bad\n',
      'seeds/raw.csv': 'id,x\n1,a\n1,\n',
      'models/a.sql': "select * from {{ ref('raw') }}",
      'models/b.sql': "select nope from {{ ref('raw') }}",
      'models/c.sql': "select * from {{ ref('b') }}",
      'models/m.yml': `models:
  - name: a
    columns:
      - name: id
        data_tests: [unique]
      - name: x
        data_tests:
          - not_null: {config: {severity: warn}}
`,
    });
  });

  afterAll(() => sandbox.remove());

  it('builds the rest, tells what failed and how to look at it, and ends with 1', async () => {
    const { code, stdout, stderr } = await sandbox.run('build --threads 1');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    const [progress = '', ...blocks] = withoutTimes(stderr).trimEnd().split('\n\n');
    expect(progress.split('\n').slice(2).sort()).toEqual([
      '1 of 6 OK seed main.raw (2 rows, N.NNs)',
      '2 of 6 ERROR model main.b (N.NNs)',
      '3 of 6 SKIP model main.c: b failed',
      '4 of 6 FAIL 1 test unique_a_id (N.NNs)',
      '5 of 6 WARN 1 test not_null_a_x (N.NNs)',
      '6 of 6 ERROR model main.a (N.NNs)',
    ]);
    expect(blocks.slice(0, 3)).toEqual([
      'Done in N.NNs. PASS=1 WARN=1 ERROR=3 SKIP=1 TOTAL=6',
      [
        'WARN 1 test not_null_a_x (models/m.yml)',
        '  Got 1 result, configured to warn if != 0',
        '  compiled: target/compiled/bad/models/m.yml/not_null_a_x.sql',
        '  rows: strata show --select not_null_a_x --unpublished',
      ].join('\n'),
      [
        'FAIL 1 test unique_a_id (models/m.yml)',
        '  Got 1 result, configured to fail if != 0',
        '  compiled: target/compiled/bad/models/m.yml/unique_a_id.sql',
        '  rows: strata show --select unique_a_id --unpublished',
      ].join('\n'),
    ]);
    expect(stderr).toContain('\nERROR model main.b (models/b.sql)\n  Binder Error: Referenced column "nope" not found');
  });

  it('shows the rows that were kept from being published', async () => {
    const { code, stdout } = await sandbox.run('show --select unique_a_id --unpublished --output json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ node: 'unique_a_id', show: [{ unique_field: 1, n_records: 2 }] });
    const before = await sandbox.run('show --select unique_a_id');
    expect(before.code).toBe(2);
    expect(before.stderr).toContain('Error: models/m.yml: Catalog Error: Table with name a does not exist!');
  });

  it('stops at the first failure when asked', async () => {
    const { code, stderr } = await sandbox.run('build --fail-fast --threads 1 --quiet');
    expect(code).toBe(1);
    expect(withoutTimes(stderr)).toMatch(/^Done in N\.NNs\. PASS=1 WARN=0 ERROR=1 SKIP=4 TOTAL=6\n/);
  });

  it('lists all mistakes of a project and runs nothing', async () => {
    const broken = new Sandbox({
      'dbt_project.yml': 'name: bad\n',
      'models/a.sql': "select * from {{ ref('bb') }}",
      'models/b.sql': "select 1 as id from {{ source('crm', 'users') }}",
    });
    const { code, stdout, stderr } = await broken.run('build');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    const [first = '', second = '', last] = stderr.split('\n');
    expect(first).toContain('models/a.sql:1');
    expect(first).toContain('"bb"');
    expect(second).toContain('models/b.sql:1');
    expect(last).toBe('2 errors. Nothing was run.');
    broken.remove();
  });
});

describe('a run that is stopped', () => {
  it('ends in order within five seconds, with 130', async () => {
    const sandbox = new Sandbox({
      'dbt_project.yml': 'name: slow\nmodels: {slow: {+materialized: table}}\n',
      'models/slow.sql': 'select count(*) as n from range(100000000000) as a(i) where hash(i) % 7 = 1',
      'models/after.sql': "select * from {{ ref('slow') }}",
    });
    const started = Date.now();
    const { code, stderr } = await sandbox.run('run', { killAfter: 2500 });
    expect(code).toBe(130);
    expect(Date.now() - started).toBeLessThan(7500);
    expect(withoutTimes(stderr)).toContain('PASS=0 WARN=0 ERROR=0 SKIP=0 CANCELLED=2 TOTAL=2');
    sandbox.remove();
  });
});
