import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundleScript } from '../../e2e/support/bundle.ts';
import { statelessDialect, stepwiseDialect, stubbornDialect } from '../materialize/stepwise-dialects.ts';
import { resultOf, statuses } from './support/project.ts';
import { checkPublication, day, first, orders, positive, readOrders, second } from './support/publication.ts';
import { openWatchedDuckDb, type WatchedProject } from './support/stepwise.ts';

checkPublication('with transactions of rows only', () => openWatchedDuckDb(stepwiseDialect));
checkPublication('without any transaction', () => openWatchedDuckDb(statelessDialect));

let watched: WatchedProject;

describe('a table that cannot take the place of one of another layout', () => {
  beforeEach(async () => {
    watched = await openWatchedDuckDb(stubbornDialect);
  });
  afterEach(() => watched.project.close());

  it('stays as it was, and is replaced on a full refresh', async () => {
    await watched.project.run([orders(day(1)), positive]);
    const refused = await watched.project.run([orders(day(2)), positive]);
    expect(resultOf(refused, 'orders').message).toContain('shop.orders was not replaced');
    expect(await readOrders(watched)).toEqual(first);
    await watched.project.run([orders(day(2)), positive], { fullRefresh: true });
    expect(await readOrders(watched)).toEqual(second);
    expect(await watched.project.relations()).toEqual(['orders:table']);
  });
});

describe('a build that is cancelled', () => {
  beforeEach(async () => {
    watched = await openWatchedDuckDb(statelessDialect);
  });
  afterEach(() => watched.project.close());

  it('leaves the old table and nothing beside it', async () => {
    await watched.project.run([orders(day(1)), positive]);
    const slow = 'select count(*) as id, 2 as amount from range(1000000) a, range(1000000) b where a.range <> b.range';
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 200);
    const results = await watched.project.run([orders(slow), positive], { signal: controller.signal });
    expect(statuses(results)).toEqual(['orders: cancelled', 'positive: cancelled']);
    expect(await watched.project.relations()).toEqual(['orders:table']);
    expect(await readOrders(watched)).toEqual(first);
  });

  it('also when its test is what takes long', async () => {
    await watched.project.run([orders(day(1)), positive]);
    const slow = {
      ...positive,
      sql: `${positive.sql} and (select count(*) from range(1000000) a, range(1000000) b) < 0`,
    };
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 200);
    const results = await watched.project.run([orders(day(2)), slow], { signal: controller.signal });
    expect(statuses(results)).toEqual(['orders: cancelled', 'positive: cancelled']);
    expect(await watched.project.relations()).toEqual(['orders:table']);
    expect(await readOrders(watched)).toEqual(first);
  });
});

describe('a run killed in its process', () => {
  let script: Awaited<ReturnType<typeof bundleScript>>;
  beforeAll(async () => {
    script = await bundleScript(new URL('support/killed-run.ts', import.meta.url));
  });
  afterAll(() => script.remove());

  it.each([
    ['before the table is put in place', 1, 1],
    ['after it', 2, 2],
  ])('%s leaves one whole table, and the next run drops what it built', async (_, step, id) => {
    const folder = mkdtempSync(join(tmpdir(), 'strata-killed-'));
    const path = join(folder, 'shop.duckdb');
    const targetFolder = join(folder, 'target');
    watched = await openWatchedDuckDb(statelessDialect, path);
    await watched.project.run([orders('select 1 as id, 1 as n')], { targetFolder });
    await watched.project.close();
    const { signal } = spawnSync(process.execPath, [script.path, path, targetFolder, String(step)]);
    expect(signal).toBe('SIGKILL');
    watched = await openWatchedDuckDb(statelessDialect, path);
    expect(await watched.project.relations()).toEqual(['orders:table', 'orders__strata_abcdef12:table']);
    expect(await readOrders(watched)).toEqual([[id, id]]);
    await watched.project.run([orders('select 3 as id, 3 as n')], { targetFolder });
    expect(await watched.project.relations()).toEqual(['orders:table']);
    expect(await readOrders(watched)).toEqual([[3, 3]]);
    await watched.project.close();
    rmSync(folder, { recursive: true });
  });
});

describe("relations left by other runs, where a living run's are seen", () => {
  beforeEach(async () => {
    watched = await openWatchedDuckDb(stepwiseDialect);
  });
  afterEach(() => watched.project.close());

  it('drops those of runs that are over and names those of runs it does not know', async () => {
    await watched.project.run([orders(day(1))]);
    for (const name of ['orders__strata_00000001', 'orders__strata_ffffffff']) {
      await watched.project.execute(`create table memory.shop."${name}" (x integer)`);
    }
    await watched.project.run([orders(day(1))]);
    expect(await watched.project.relations()).toEqual(['orders:table', 'orders__strata_ffffffff:table']);
    expect(
      watched.project.events.flatMap((event) => (event.kind === 'notice' ? [`${event.level}: ${event.text}`] : [])),
    ).toEqual([
      'info: Removed shop.orders__strata_00000001, left by a run that died.',
      'warn: shop.orders__strata_ffffffff stays: the run that made it is not known here. If it is not at work any more: drop table if exists "memory"."shop"."orders__strata_ffffffff";',
    ]);
  });
});
