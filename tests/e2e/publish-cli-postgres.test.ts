import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { openPostgresProject } from '../unit/run/support/postgres.ts';
import type { TestProject } from '../unit/run/support/project.ts';
import { Sandbox } from './cli-runner.ts';

const bin = fileURLToPath(new URL('../../bin/strata.js', import.meta.url));

let server: TestPostgres;
let monitor: TestProject;
let sandbox: Sandbox;
beforeAll(async () => {
  server = await startPostgres();
  monitor = await openPostgresProject(server);
  const { host, port, user, password, database: dbname } = server;
  const output = { type: 'postgres', host, port, user, password, dbname, schema: 'shop', threads: 2 };
  sandbox = new Sandbox({
    'dbt_project.yml': 'name: shop\nprofile: shop\nmodels: {shop: {+materialized: table}}\n',
    'profiles.yml': JSON.stringify({ shop: { target: 'dev', outputs: { dev: output } } }),
    'models/slow.sql': 'select 1 as id from pg_sleep(30)',
    'models/after.sql': "select * from {{ ref('slow') }}",
    'models/asks.sql': "{% do run_query('select pg_sleep(1.5)') %} select 1 as id",
    'models/raises.sql': "{{ exceptions.raise_compiler_error('no such day') if execute else '' }} select 1 as id",
    'models/below.sql': "select * from {{ ref('raises') }}",
    ...Object.fromEntries([1, 2, 3, 4].map((n) => [`models/quick_${n}.sql`, `select ${n} as id`])),
  });
});
afterAll(async () => {
  await monitor.close();
  await server.stop();
  sandbox.remove();
});

interface ResultLine {
  readonly unique_id: string;
  readonly status: string;
  readonly timing: readonly { readonly name: string; readonly completed_at: string }[];
}

function readResults(): readonly ResultLine[] {
  return JSON.parse(readFileSync(join(sandbox.work, 'target/run_results.json'), 'utf8')).results;
}

/** `name: status` of each result. */
const statuses = () => readResults().map(({ unique_id: id, status }) => `${id.split('.')[2]}: ${status}`);

const sleeping = () =>
  monitor.query(
    `select pid from pg_stat_activity where state = 'active' and query like '%pg_sleep(30)%' and pid <> pg_backend_pid()`,
  );

describe('strata on Postgres', () => {
  it('ends within five seconds of SIGTERM with 143, its queries cancelled and its results recorded', async () => {
    const child = spawn(process.execPath, [bin, 'run', '--select', 'slow+'], { cwd: sandbox.work });
    const ended = once(child, 'close');
    let said = '';
    child.stderr.on('data', (data) => {
      said += data;
    });
    while ((await sleeping()).length === 0) await sleep(50);
    const stopped = Date.now();
    child.kill('SIGTERM');
    expect(await ended).toEqual([143, null]);
    expect(Date.now() - stopped).toBeLessThan(5000);
    expect(await sleeping()).toEqual([]);
    expect(said).toContain('CANCELLED=2');
    // dbt's artifact has no word for it.
    expect(statuses()).toEqual(['after: skipped', 'slow: skipped']);
    expect(await monitor.query("select relname from pg_class where relname like '%\\_\\_strata\\_%'")).toEqual([]);
  });

  it('goes on with other nodes while one waits for a query of its template, and another raises an error', async () => {
    const { code } = await sandbox.run('run --exclude slow+');
    expect(code).toBe(1);
    expect([...statuses()].sort()).toEqual([
      'asks: success',
      'below: skipped',
      'quick_1: success',
      'quick_2: success',
      'quick_3: success',
      'quick_4: success',
      'raises: error',
    ]);
    const ends = new Map(
      readResults().map(({ unique_id: id, timing }) => [id.split('.')[2], timing.at(-1)?.completed_at ?? '']),
    );
    for (const n of [1, 2, 3, 4]) expect(ends.get(`quick_${n}`)?.localeCompare(ends.get('asks') ?? '')).toBe(-1);
  });
});
