import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { duckDbDialect } from '../../../orchestrator/dialects/duckdb.ts';
import { bundleScript } from '../../e2e/support/bundle.ts';
import { statelessDialect, stepwiseDialect, stubbornDialect } from '../materialize/stepwise-dialects.ts';
import { type NodeSpec, resultOf, statuses, type TestProject } from './support/project.ts';
import { openWatchedProject, type WatchedDuckDb } from './support/stepwise.ts';

const positive: NodeSpec = {
  name: 'positive',
  type: 'test',
  sql: 'select * from {orders} where amount <= 0',
  reads: ['orders'],
};
const orders = (sql: string, config: NodeSpec['config'] = {}): NodeSpec => ({ name: 'orders', sql, config });
const day = (n: number): string => `select 1 as id, ${n} as amount union all select ${n}, ${n}`;
const incremental = { materialized: 'incremental', unique_key: 'id' };

interface Change {
  readonly what: string;
  readonly before: readonly NodeSpec[];
  readonly after: readonly NodeSpec[];
  /** The rows of `orders` before and after. */
  readonly rows: readonly [unknown, unknown];
}

const first = [
  [1, 1],
  [1, 1],
];
const second = [
  [1, 2],
  [2, 2],
];

const changes: readonly Change[] = [
  {
    what: 'an audited table',
    before: [orders(day(1)), positive],
    after: [orders(day(2)), positive],
    rows: [first, second],
  },
  { what: 'a table without tests', before: [orders(day(1))], after: [orders(day(2))], rows: [first, second] },
  {
    what: 'an audited view',
    before: [orders(day(1), { materialized: 'view' }), positive],
    after: [orders(day(2), { materialized: 'view' }), positive],
    rows: [first, second],
  },
  {
    what: 'a seed',
    before: [{ name: 'orders', type: 'seed', csv: 'id,amount\n1,1\n' }, positive],
    after: [{ name: 'orders', type: 'seed', csv: 'id,amount\n1,2\n2,2\n' }, positive],
    rows: [[[1, 1]], second],
  },
  {
    what: 'an audited incremental table',
    before: [orders('select 1 as id, 1 as amount union all select 9, 9', incremental), positive],
    after: [orders('select 1 as id, 2 as amount union all select 2, 2', incremental), positive],
    rows: [
      [
        [1, 1],
        [9, 9],
      ],
      [
        [1, 2],
        [2, 2],
        [9, 9],
      ],
    ],
  },
  {
    what: 'an incremental table that gains a column',
    before: [orders('select 1 as id, 1 as amount', incremental)],
    after: [orders('select 1 as id, 2 as amount, 3 as tax', { ...incremental, on_schema_change: 'sync_all_columns' })],
    rows: [[[1, 1]], [[1, 2, 3]]],
  },
  {
    what: 'an incremental table without tests',
    before: [orders('select 1 as id, 1 as amount', incremental)],
    after: [orders('select 1 as id, 2 as amount union all select 2, 2', incremental)],
    rows: [[[1, 1]], second],
  },
];

let project: TestProject;
let adapter: WatchedDuckDb;

describe.each([
  ['with transactions of rows', stepwiseDialect],
  ['without any transaction', statelessDialect],
])('publishing where DDL is not transactional, %s', (_, dialect) => {
  beforeEach(async () => ({ project, adapter } = await openWatchedProject(dialect)));
  afterEach(() => project.close());

  it.each(changes)('lets readers of $what find the old rows or the new ones before every step', async (change) => {
    await project.run(change.before);
    const seen: unknown[] = [];
    adapter.watch = async () => {
      seen.push(await rowsNow());
    };
    const results = await project.run(change.after);
    adapter.watch = () => Promise.resolve();
    expect(results.results.map(({ status }) => status)).toEqual(change.after.map(expectedStatus));
    expect(seen.length).toBeGreaterThan(0);
    for (const rows of seen) expect(change.rows).toContainEqual(rows);
    expect(await rowsNow()).toEqual(change.rows[1]);
    expect((await project.relations()).map(nameOf)).toEqual(['orders']);
  });

  it.each(changes)('leaves $what whole when the run is cut off before any step, and tidies up', async (change) => {
    let cuts = 0;
    for (let isOver = false; !isOver; cuts += 1) {
      await project.execute('drop schema if exists shop cascade');
      await project.run(change.before);
      isOver = await cutBefore(cuts, change.after);
      expect(change.rows).toContainEqual(await rowsNow());
      await project.run(change.after);
      expect(await rowsNow()).toEqual(change.rows[1]);
      expect((await project.relations()).map(nameOf)).toEqual(['orders']);
    }
    expect(cuts).toBeGreaterThan(1);
  });

  it('leaves a table, a view and an incremental table as they were when an audit fails, and nothing beside them', async () => {
    for (const materialized of ['table', 'view', 'incremental']) {
      await project.execute('drop schema if exists shop cascade');
      await project.run([orders('select 1 as id, 1 as amount', { materialized }), positive]);
      const broken = [
        orders('select 2 as id, -1 as amount', { materialized }),
        positive,
        { name: 'later', sql: 'select * from {orders}', reads: ['orders'] },
      ];
      const results = await project.run(broken);
      expect(statuses(results)).toEqual(['later: skipped', 'orders: error', 'positive: fail']);
      expect(resultOf(results, 'orders').message).toBe('not published: test positive (1) failed');
      expect(await rowsNow()).toEqual([[1, 1]]);
      expect((await project.relations()).map(nameOf)).toEqual(['orders']);
    }
  });

  it('refuses to turn a view into a table, and does so on a full refresh', async () => {
    await project.run([orders(day(1), { materialized: 'view' })]);
    const refused = await project.run([orders(day(2)), positive]);
    expect(resultOf(refused, 'orders').message).toContain('shop.orders was not replaced');
    expect(await project.relations()).toEqual(['orders:view']);
    await project.run([orders(day(2)), positive], { fullRefresh: true });
    expect(await project.relations()).toEqual(['orders:table']);
    await project.run([orders(day(3), { materialized: 'view' })], { fullRefresh: true });
    expect(await project.relations()).toEqual(['orders:view']);
  });

  it('does not publish twice what a hook after it fails for', async () => {
    await project.run([orders('select 1 as id, 1 as amount', { materialized: 'incremental' })]);
    const hooked = {
      materialized: 'incremental',
      'post-hook': [{ sql: 'select 1 / x', transaction: true, index: null }],
    };
    const results = await project.run([orders('select 1 as id, 1 as amount', hooked)]);
    expect(statuses(results)).toEqual(['orders: error']);
    expect(await rowsNow()).toEqual(first);
  });
});

describe('a table that cannot take the place of one of another layout', () => {
  beforeEach(async () => ({ project, adapter } = await openWatchedProject(stubbornDialect)));
  afterEach(() => project.close());

  it('stays as it was, and is replaced on a full refresh', async () => {
    await project.run([orders(day(1)), positive]);
    const refused = await project.run([orders(day(2)), positive]);
    expect(resultOf(refused, 'orders').message).toContain('shop.orders was not replaced');
    expect(await rowsNow()).toEqual(first);
    await project.run([orders(day(2)), positive], { fullRefresh: true });
    expect(await rowsNow()).toEqual(second);
    expect(await project.relations()).toEqual(['orders:table']);
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
    ({ project, adapter } = await openWatchedProject(statelessDialect, path));
    await project.run([orders('select 1 as id')], { targetFolder });
    await project.close();
    const { signal } = spawnSync(process.execPath, [script.path, path, targetFolder, String(step)]);
    expect(signal).toBe('SIGKILL');
    ({ project, adapter } = await openWatchedProject(statelessDialect, path));
    expect(await project.relations()).toEqual(['orders:table', 'orders__strata_abcdef12:table']);
    expect(await rowsNow()).toEqual([[id]]);
    await project.run([orders('select 3 as id')], { targetFolder });
    expect(await project.relations()).toEqual(['orders:table']);
    expect(await rowsNow()).toEqual([[3]]);
    await project.close();
    rmSync(folder, { recursive: true });
  });
});

describe("relations left by other runs, where a living run's are seen", () => {
  beforeEach(async () => ({ project, adapter } = await openWatchedProject(stepwiseDialect)));
  afterEach(() => project.close());

  it('drops those of runs that are over and names those of runs it does not know', async () => {
    await project.run([orders(day(1))]);
    for (const name of ['orders__strata_00000001', 'orders__strata_ffffffff']) {
      await project.execute(`create table memory.shop."${name}" (x integer)`);
    }
    await project.run([orders(day(1))]);
    expect(await project.relations()).toEqual(['orders:table', 'orders__strata_ffffffff:table']);
    expect(
      project.events.flatMap((event) => (event.kind === 'notice' ? [`${event.level}: ${event.text}`] : [])),
    ).toEqual([
      'info: Removed shop.orders__strata_00000001, left by a run that died.',
      'warn: shop.orders__strata_ffffffff stays: the run that made it is not known here. If it is not at work any more: drop table if exists "memory"."shop"."orders__strata_ffffffff";',
    ]);
  });
});

/** Cuts the run's connection before the step of this number; true when the run had no such step. */
async function cutBefore(step: number, specs: readonly NodeSpec[]): Promise<boolean> {
  let steps = 0;
  adapter.watch = async () => {
    steps += 1;
    if (steps > step) throw new Error('cut');
  };
  await project.run(specs);
  adapter.watch = () => Promise.resolve();
  return steps <= step;
}

/** What somebody else reads at this moment. */
async function rowsNow(): Promise<unknown> {
  const session = await adapter.openSession();
  try {
    const target = duckDbDialect.renderRelation({ ...project.place, identifier: 'orders' });
    return (await session.query(`select * from ${target} order by all`)).rows;
  } finally {
    await session.close();
  }
}

function expectedStatus({ type }: NodeSpec): string {
  return type === 'test' ? 'pass' : 'success';
}

function nameOf(relation: string): string {
  return relation.split(':')[0] ?? '';
}
