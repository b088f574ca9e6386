import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DuckDbAdapter } from '../../orchestrator/adapters/duckdb.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { openDuckDbProject } from '../unit/run/support/duckdb.ts';
import { openPostgresAdapter, openPostgresProject } from '../unit/run/support/postgres.ts';
import { type NodeSpec, TestProject } from '../unit/run/support/project.ts';
import { bundleScript } from './support/bundle.ts';
import { rowCount, versionedProject, versionedTables } from './support/versioned-project.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

/** Another run's place in the same schema, with an invocation of its own. */
async function openRival(project: TestProject): Promise<TestProject> {
  const adapter = openPostgresAdapter(server);
  await adapter.connect();
  return new TestProject(adapter, project.place);
}

const invocation = (id: string) => ({ invocation: { id: `${id}-0000-0000-0000-000000000000`, startedAt: new Date() } });

describe('two builds of one target at once on Postgres', () => {
  it('leave whole tables, nothing else, and a reason where one failed', async () => {
    const project = await openPostgresProject(server);
    const rival = await openRival(project);
    const messages = new Set<string>();
    for (let round = 1; round <= 5; round += 1) {
      const runs = await Promise.all([
        project.run(versionedProject(round), invocation(`aaaaaaa${round}`)),
        rival.run(versionedProject(100 + round), invocation(`bbbbbbb${round}`)),
      ]);
      for (const { results } of runs) {
        for (const { status, message } of results) if (status === 'error') messages.add(message ?? '');
      }
      for (const name of versionedTables) {
        const table = project.render({ ...project.place, identifier: name });
        expect([name, await project.query(`select count(*) from ${table}`)]).toEqual([name, [[rowCount]]]);
      }
      const left = (await project.relations()).filter((name) => name.includes('__strata_'));
      expect(left).toEqual([]);
    }
    // A test that reads a table of the other build may fail; nothing else may.
    expect([...messages].filter((message) => !/^not published: test /.test(message))).toEqual([]);
    await rival.close();
    await project.close();
  });

  it('that are the first make the schema and the tables between them', async () => {
    const specs: readonly NodeSpec[] = [
      { name: 'orders', sql: 'select 1 as id' },
      { name: 'recent', sql: 'select * from {orders}', reads: ['orders'], config: { materialized: 'view' } },
    ];
    for (let round = 1; round <= 5; round += 1) {
      const project = await openPostgresProject(server);
      const rival = await openRival(project);
      const runs = await Promise.all([
        project.run(specs, invocation(`aaaaaaa${round}`)),
        rival.run(specs, invocation(`bbbbbbb${round}`)),
      ]);
      const ended = runs.flatMap(({ results }) => results.map(({ status, message }) => [status, message]));
      expect(ended.filter(([status]) => status !== 'success')).toEqual([]);
      expect(await project.relations()).toEqual(['orders:table', 'recent:view']);
      await rival.close();
      await project.close();
    }
  });

  it('do not see, and so do not remove, what the other is building', async () => {
    const project = await openPostgresProject(server);
    await project.run([{ name: 'orders', sql: 'select 1 as id' }]);
    const rival = await openRival(project);
    const slow = rival.run(
      [
        { name: 'slow', sql: 'select 1 as id from pg_sleep(0.6)' },
        { name: 'orders', sql: 'select 2 as id' },
      ],
      { ...invocation('bbbbbbbb'), threads: 1 },
    );
    await project.run([{ name: 'orders', sql: 'select 3 as id' }]);
    expect(project.events.filter((event) => event.kind === 'notice')).toEqual([]);
    expect((await slow).results.map(({ status }) => status)).toEqual(['success', 'success']);
    expect(await project.relations()).toEqual(['orders:table', 'slow:table']);
    await rival.close();
    await project.close();
  });

  it('remove what is dead while somebody reads it only as far as that goes, and say so', async () => {
    const project = await openPostgresProject(server);
    const orders: NodeSpec = { name: 'orders', sql: 'select 1 as id' };
    await project.run([orders]);
    const { schema } = project.place;
    await project.execute(
      `create table ${schema}.x__strata_0a1b2c3d (id integer); create view ${schema}.reads_it as select * from ${schema}.x__strata_0a1b2c3d`,
    );
    const results = await project.run([orders]);
    expect(results.results.map(({ status }) => status)).toEqual(['success']);
    expect(project.events.flatMap((event) => (event.kind === 'notice' ? [event.text] : []))).toEqual([
      `${schema}.x__strata_0a1b2c3d, left by a run that died, stays: cannot drop table ${schema}.x__strata_0a1b2c3d because other objects depend on it`,
    ]);
    await project.close();
  });
});

describe('two builds of one target at once on DuckDB', () => {
  it('end for the second with the reason, and leave the file whole', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'strata-two-'));
    const path = join(folder, 'shop.duckdb');
    const first = await openDuckDbProject(path, 'shop');
    await first.run(versionedProject(1));
    await first.close();
    const script = await bundleScript(new URL('support/build-until-killed.ts', import.meta.url));
    const input = JSON.stringify({ path, place: first.place, version: 5 });
    const holder = spawn(process.execPath, [script.path, input], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(holder.stdout, 'data');
    const refused = await new DuckDbAdapter({ type: 'duckdb', path }).connect().catch((error: unknown) => error);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    script.remove();
    expect(refused).toMatchObject({
      code: 'connection-failed',
      message: expect.stringContaining('is locked by another process'),
    });
    const after = await openDuckDbProject(path, 'shop');
    const results = await after.run(versionedProject(9));
    expect(results.results.filter(({ status }) => !['success', 'pass'].includes(status))).toEqual([]);
    await after.close();
    rmSync(folder, { recursive: true });
  });
});
