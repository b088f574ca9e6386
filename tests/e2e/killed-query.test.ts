import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { Warehouse } from '../support/warehouse.ts';

let server: TestPostgres;
let warehouse: Warehouse;

beforeAll(async () => {
  server = await startPostgres();
  warehouse = Warehouse.postgres(server);
});

afterAll(async () => {
  warehouse.remove();
  await server.stop();
});

/** Waits until so many sleeping queries run on the server; gives the seconds that took. */
async function waitForSleepers(count: number): Promise<number> {
  const started = Date.now();
  const sql = `select count(*) from pg_stat_activity where state = 'active' and query like '%pg_sleep(120)%'
    and pid <> pg_backend_pid()`;
  while (Number((await warehouse.rows(sql))[0]?.[0]) !== count && Date.now() - started < 40_000) await sleep(200);
  return (Date.now() - started) / 1000;
}

it('ends with the process that was killed, so that its locks keep nobody waiting', async () => {
  const words = ['show', '--inline', 'select pg_sleep(120)', '--vars', '{as_of_date: 2025-01-01}'];
  const places = ['--profiles-dir', warehouse.folder, '--target-path', warehouse.targetFolder];
  const root = new URL('../../', import.meta.url);
  const child = spawn(process.execPath, ['bin/strata.js', ...words, ...places], { cwd: root, stdio: 'ignore' });
  expect(await waitForSleepers(1)).toBeLessThan(40);
  child.kill('SIGKILL');
  expect(await waitForSleepers(0)).toBeLessThan(20);
});
