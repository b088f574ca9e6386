import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Adapter } from '../../orchestrator/adapters/adapter.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { openPostgresAdapter } from '../unit/run/support/postgres.ts';

const strata = fileURLToPath(new URL('../../bin/strata.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'strata-files-'));
let server: TestPostgres;
let adapter: Adapter;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Runs the command line in the project and gives its exit code and what it wrote. */
function run(...args: readonly string[]): { readonly code: number | null; readonly text: string } {
  const done = spawnSync(process.execPath, [strata, ...args], { cwd: folder, encoding: 'utf8' });
  return { code: done.status, text: `${done.stdout}${done.stderr}` };
}

async function query(sql: string): Promise<unknown> {
  const session = await adapter.openSession();
  const { rows } = await session.query(sql);
  await session.close();
  return rows;
}

beforeAll(async () => {
  server = await startPostgres();
  adapter = openPostgresAdapter(server);
  await adapter.connect();
  const login = {
    type: 'postgres',
    host: server.host,
    port: server.port,
    user: server.user,
    password: server.password,
  };
  const output = { ...login, dbname: server.database, schema: 'shop', threads: 2 };
  write('profiles.yml', JSON.stringify({ shop: { target: 'dev', outputs: { dev: output } } }));
  write('dbt_project.yml', 'name: shop\nversion: "1.0"\nprofile: shop\n');
  write(
    'models/sources.yml',
    'sources: [{name: files, meta: {external_location: "data/{name}.csv"}, tables: [{name: orders}, {name: gone}]}]\n',
  );
  write('models/stg_orders.sql', "select * from {{ source('files', 'orders') }}");
  write(
    'models/totals.sql',
    "{{ config(materialized='table') }} select count(*) as orders, '{{ var('as_of_date', 'open') }}' as as_of from {{ ref('stg_orders') }}",
  );
  write(
    'macros/default_as_of_date.sql',
    "{% macro default_as_of_date() %}{{ return(run_query('select max(day) + 1 from ' ~ source('files', 'orders')).columns[0].values()[0]) }}{% endmacro %}",
  );
  write(
    'data/orders.csv',
    'Id,amount,day,seen,paid\n1,2.5,2024-01-01,2024-01-01 10:00:00,true\n2,,2024-01-02,,false\n',
  );
});
afterAll(async () => {
  await adapter.close();
  await server.stop();
  rmSync(folder, { recursive: true });
});

describe('a file behind a source on Postgres', () => {
  it('is loaded typed, read by views, and gives the run its as_of_date', async () => {
    const { code, text } = run('build');
    expect([code, text]).toEqual([0, expect.stringContaining('PASS=2')]);
    expect(await query('select * from shop.stg_orders order by 1')).toEqual([
      [1, 2.5, '2024-01-01', '2024-01-01 10:00:00', true],
      [2, null, '2024-01-02', null, false],
    ]);
    expect(await query('select * from shop.totals')).toEqual([[2, '2024-01-03']]);
    const results = JSON.parse(readFileSync(join(folder, 'target/run_results.json'), 'utf8'));
    expect(results.args.as_of_date).toBe('2024-01-03');
  });

  it('is loaded again only when it changed, although only a view leads to it', async () => {
    const tableId =
      "select 'shop_landing.files__orders'::regclass::oid::bigint, xmin::text from shop_landing.files__orders limit 1";
    const before = await query(tableId);
    expect(run('run', '--select', 'totals').code).toBe(0);
    expect(await query(tableId)).toEqual(before);
    appendFileSync(join(folder, 'data/orders.csv'), '3,1,2024-02-01,,true\n');
    expect(run('run', '--select', 'totals').code).toBe(0);
    expect(await query('select * from shop.totals')).toEqual([[3, '2024-02-02']]);
  });

  it('that is missing fails what reads it, and says which source', () => {
    write('models/bad.sql', "select * from {{ source('files', 'gone') }}");
    const { code, text } = run('run', '--select', 'bad stg_orders');
    expect(code).toBe(1);
    expect(text).toContain('The file behind source files.gone cannot be loaded');
    expect(text).toContain('PASS=1 WARN=0 ERROR=1');
  });
});
