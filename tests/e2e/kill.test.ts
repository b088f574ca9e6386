import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, type ExpectStatic, it } from 'vitest';
import type { CellValue } from '../../orchestrator/manifest/results.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { openDuckDbProject } from '../unit/run/support/duckdb.ts';
import { openPostgresProject } from '../unit/run/support/postgres.ts';
import { statuses, type TestProject } from '../unit/run/support/project.ts';
import { bundleScript } from './support/bundle.ts';
import { rowCount, versionedProject, versionedTables } from './support/versioned-project.ts';

let script: Awaited<ReturnType<typeof bundleScript>>;
let server: TestPostgres;
beforeAll(async () => {
  [script, server] = await Promise.all([
    bundleScript(new URL('support/build-until-killed.ts', import.meta.url)),
    startPostgres(),
  ]);
});
afterAll(async () => {
  script.remove();
  await server.stop();
});

/** Milliseconds after the first build began: from its first statements to well into the second build. */
const moments = [3, 15, 40, 70, 110, 160, 220, 290, 370, 460];

/** Starts builds in a process of their own and kills it after some milliseconds. */
async function buildAndKill(where: Readonly<Record<string, unknown>>, millis: number): Promise<void> {
  const child = spawn(process.execPath, [script.path, JSON.stringify(where)], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  await sleep(millis);
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** `[rows, versions]` of every table: what was published must be one whole version. */
async function countAll(project: TestProject): Promise<readonly (readonly CellValue[])[]> {
  const parts = versionedTables.map((name) => {
    const relation = project.render({ ...project.place, identifier: name });
    return `select '${name}' as name, count(*) as rows, count(distinct version) as versions from ${relation}`;
  });
  return project.query(`select * from (${parts.join(' union all ')}) as counted order by name`);
}

const whole = [...versionedTables].sort().map((name) => [name, rowCount, 1]);
const published = ['base', 'grown', 'joined', 'left_side', 'loaded', 'right_side'].map((name) => `${name}:table`);

describe.concurrent('a build that is killed', () => {
  it('leaves the last published tables whole on DuckDB, and nothing behind after the next run', async ({ expect }) => {
    const folder = mkdtempSync(join(tmpdir(), 'strata-kill-'));
    const path = join(folder, 'shop.duckdb');
    const open = () => openDuckDbProject(path, 'shop');
    const first = await open();
    await first.run(versionedProject(1));
    await first.close();
    for (const [at, millis] of moments.entries()) {
      await buildAndKill({ path, place: first.place, version: 1000 * (at + 1) }, millis);
      const project = await open();
      expect(await countAll(project)).toEqual(whole);
      await project.close();
    }
    await checkNextRun(await open(), expect);
    rmSync(folder, { recursive: true });
  });

  it('leaves the last published tables whole on Postgres, and nothing behind after the next run', async ({
    expect,
  }) => {
    const project = await openPostgresProject(server);
    await project.run(versionedProject(1));
    const { stop: _, ...address } = server;
    for (const [at, millis] of moments.entries()) {
      await buildAndKill({ server: address, place: project.place, version: 1000 * (at + 1) }, millis);
      expect(await countAll(project)).toEqual(whole);
    }
    await checkNextRun(project, expect);
  });
});

async function checkNextRun(project: TestProject, expect: ExpectStatic): Promise<void> {
  const results = await project.run(versionedProject(999_999));
  expect(statuses(results).filter((status) => !/: (success|pass)$/.test(status))).toEqual([]);
  expect(await project.relations()).toEqual([...published, 'seen:view'].sort());
  expect(await countAll(project)).toEqual(whole);
  await project.close();
}
