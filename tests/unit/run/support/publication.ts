import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type NodeSpec, resultOf, statuses } from './project.ts';
import type { WatchedProject } from './stepwise.ts';

/** A test that audits it. */
export const positive: NodeSpec = {
  name: 'positive',
  type: 'test',
  sql: 'select * from {orders} where amount <= 0',
  reads: ['orders'],
};
/** The one model of these projects. */
export const orders = (sql: string, config: NodeSpec['config'] = {}): NodeSpec => ({ name: 'orders', sql, config });
/** Two rows that tell the day. */
export const day = (n: number): string => `select 1 as id, ${n} as amount union all select ${n}, ${n}`;
const incremental = { materialized: 'incremental', unique_key: 'id' };

interface Change {
  readonly what: string;
  /** Whether it is cut off before every step also where a build takes long; the others go the same ways. */
  readonly isTelling?: true;
  readonly before: readonly NodeSpec[];
  readonly after: readonly NodeSpec[];
  /** The rows of `orders` before and after. */
  readonly rows: readonly [unknown, unknown];
}

/** The rows of `day(1)`. */
export const first = [
  [1, 1],
  [1, 1],
];
/** The rows of `day(2)`. */
export const second = [
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
    isTelling: true,
    before: [orders(day(1), { materialized: 'view' }), positive],
    after: [orders(day(2), { materialized: 'view' }), positive],
    rows: [first, second],
  },
  {
    what: 'a seed',
    isTelling: true,
    before: [{ name: 'orders', type: 'seed', csv: 'id,amount\n1,1\n' }, positive],
    after: [{ name: 'orders', type: 'seed', csv: 'id,amount\n1,2\n2,2\n' }, positive],
    rows: [[[1, 1]], second],
  },
  {
    what: 'an audited incremental table',
    isTelling: true,
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

/**
 * What a build must leave at every moment, where DDL is not transactional; `open` gives an empty project. A slow warehouse
 * is cut off in the telling changes only.
 */
export function checkPublication(
  what: string,
  open: () => Promise<WatchedProject>,
  speed: 'fast' | 'slow' = 'fast',
): void {
  const cut = speed === 'fast' ? changes : changes.filter(({ isTelling }) => isTelling);
  describe(`publishing ${what}`, () => {
    let watched: WatchedProject;
    beforeEach(async () => {
      watched = await open();
    });
    afterEach(() => watched.project.close());

    it.each(changes)('lets readers of $what find the old rows or the new ones before every step', async (change) => {
      await watched.project.run(change.before);
      const seen: unknown[] = [];
      watched.adapter.watch = async () => {
        seen.push(await readOrders(watched));
      };
      const results = await watched.project.run(change.after);
      watched.adapter.watch = () => Promise.resolve();
      expect(results.results.map(({ status }) => status)).toEqual(change.after.map(expectedStatus));
      expect(seen.length).toBeGreaterThan(0);
      for (const rows of seen) expect(change.rows).toContainEqual(rows);
      expect(await readOrders(watched)).toEqual(change.rows[1]);
      expect(await names(watched)).toEqual(['orders']);
    });

    it.each(cut)('leaves $what whole when the run is cut off before any step, and tidies up', async (change) => {
      let cuts = 0;
      for (let isOver = false; !isOver; cuts += 1) {
        await watched.project.execute(watched.adapter.dialect.dropSchema(watched.project.place));
        await watched.project.run(change.before);
        isOver = await cutBefore(cuts, change.after, watched);
        expect(change.rows).toContainEqual(await readOrders(watched));
        await watched.project.run(change.after);
        expect(await readOrders(watched)).toEqual(change.rows[1]);
        expect(await names(watched)).toEqual(['orders']);
      }
      expect(cuts).toBeGreaterThan(1);
    });

    it('leaves a table, a view and an incremental table as they were when an audit fails, and nothing beside them', async () => {
      for (const materialized of ['table', 'view', 'incremental']) {
        await watched.project.execute(watched.adapter.dialect.dropSchema(watched.project.place));
        await watched.project.run([orders('select 1 as id, 1 as amount', { materialized }), positive]);
        const broken = [
          orders('select 2 as id, -1 as amount', { materialized }),
          positive,
          { name: 'later', sql: 'select * from {orders}', reads: ['orders'] },
        ];
        const results = await watched.project.run(broken);
        expect(statuses(results)).toEqual(['later: skipped', 'orders: error', 'positive: fail']);
        expect(resultOf(results, 'orders').message).toBe('not published: test positive (1) failed');
        expect(await readOrders(watched)).toEqual([[1, 1]]);
        expect(await names(watched)).toEqual(['orders']);
      }
    });

    it('refuses to turn a view into a table, and does so on a full refresh', async () => {
      await watched.project.run([orders(day(1), { materialized: 'view' })]);
      const refused = await watched.project.run([orders(day(2)), positive]);
      expect(resultOf(refused, 'orders').message).toContain('orders was not replaced');
      expect((await watched.project.relations()).map(lower)).toEqual(['orders:view']);
      await watched.project.run([orders(day(2)), positive], { fullRefresh: true });
      expect((await watched.project.relations()).map(lower)).toEqual(['orders:table']);
      await watched.project.run([orders(day(3), { materialized: 'view' })], { fullRefresh: true });
      expect((await watched.project.relations()).map(lower)).toEqual(['orders:view']);
    });

    it('does not publish twice what a hook after it fails for', async () => {
      await watched.project.run([orders('select 1 as id, 1 as amount', { materialized: 'incremental' })]);
      const hooked = {
        materialized: 'incremental',
        'post-hook': [{ sql: 'select 1 / x', transaction: true, index: null }],
      };
      const results = await watched.project.run([orders('select 1 as id, 1 as amount', hooked)]);
      expect(statuses(results)).toEqual(['orders: error']);
      expect(await readOrders(watched)).toEqual(first);
    });
  });
}

/** Cuts the run's connection before the step of this number; true when the run had no such step. */
async function cutBefore(
  step: number,
  specs: readonly NodeSpec[],
  { project, adapter }: WatchedProject,
): Promise<boolean> {
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
export async function readOrders({ project, adapter }: WatchedProject): Promise<unknown> {
  const session = await adapter.openSession();
  try {
    const target = adapter.dialect.renderRelation({ ...project.place, identifier: 'orders' });
    const { rows } = await session.query(`select * from ${target} order by 1, 2`);
    return rows.map((row) => row.map(Number));
  } finally {
    await session.close();
  }
}

function expectedStatus({ type }: NodeSpec): string {
  return type === 'test' ? 'pass' : 'success';
}

/** What there is in the schema. */
async function names({ project }: WatchedProject): Promise<readonly string[]> {
  return (await project.relations()).map((relation) => relation.split(':')[0]?.toLowerCase() ?? '');
}

function lower(text: string): string {
  return text.toLowerCase();
}
