import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '../../../orchestrator/adapters/adapter.ts';
import { ask, type Request } from '../../../orchestrator/render/requests.ts';
import { finishRendering, startRendering } from '../../../orchestrator/run/answer-requests.ts';
import { RelationCache } from '../../../orchestrator/run/relation-cache.ts';
import { openDuckDbProject } from './support/duckdb.ts';
import type { TestProject } from './support/project.ts';

let project: TestProject;
let session: Session;
let cache: RelationCache;
beforeEach(async () => {
  project = await openDuckDbProject();
  session = await project.adapter.openSession();
  cache = new RelationCache();
  await session.execute(
    'create schema shop; create table shop.orders as select 1 as id; create view shop.seen as select 2 as n',
  );
});
afterEach(async () => {
  await session.close();
  await project.close();
});

const shop = { database: 'memory', schema: 'shop' };
const orders = { ...shop, identifier: 'orders' };

function answer<Result>(generator: Generator<Request, Result, unknown>): Promise<Result> {
  return finishRendering(startRendering(generator, cache), { session, dialect: project.adapter.dialect, cache });
}

describe('what templates ask', () => {
  it('is answered from the warehouse', async () => {
    expect((await answer(ask({ kind: 'query', sql: 'select 7 as n' }))).rows).toEqual([[7]]);
    expect((await answer(ask({ kind: 'execute', sql: 'insert into shop.orders values (2)' }))).rowsAffected).toBe(1);
    expect(await answer(ask({ kind: 'get-columns', relation: orders }))).toEqual([{ name: 'id', type: 'INTEGER' }]);
    expect(await answer(ask({ kind: 'get-columns', relation: { ...shop, identifier: 'none' } }))).toEqual([]);
    expect(await answer(ask({ kind: 'describe-query', sql: 'select 1.5 as x' }))).toEqual([
      { name: 'x', type: 'DECIMAL(2,1)' },
    ]);
    expect(await answer(ask({ kind: 'list-schemas', database: 'memory' }))).toContain('shop');
    expect(await answer(ask({ kind: 'get-relation', relation: { ...orders, identifier: 'ORDERS' } }))).toMatchObject({
      type: 'table',
    });
    const listed = await answer(ask({ kind: 'list-relations', ...shop }));
    expect(listed.map(({ identifier, type }) => `${identifier}:${type}`)).toEqual(['orders:table', 'seen:view']);
  });

  it('changes the warehouse and what is known of it', async () => {
    await answer(ask({ kind: 'rename-relation', relation: orders, type: null, identifier: 'old_orders' }));
    await answer(ask({ kind: 'drop-relation', relation: { ...shop, identifier: 'seen' }, type: null }));
    await answer(ask({ kind: 'drop-relation', relation: { ...shop, identifier: 'none' }, type: null }));
    expect(await answer(ask({ kind: 'get-relation', relation: orders }))).toBeNull();
    expect(await project.relations()).toEqual(['old_orders:table']);
    await answer(ask({ kind: 'truncate-relation', relation: { ...shop, identifier: 'old_orders' } }));
    expect(await project.rows('old_orders')).toEqual([]);
    await answer(ask({ kind: 'create-schema', database: 'memory', schema: 'extra' }));
    await answer(ask({ kind: 'drop-schema', database: 'memory', schema: 'extra' }));
    expect(await answer(ask({ kind: 'list-schemas', database: 'memory' }))).not.toContain('extra');
  });

  it('is not asked of the warehouse when it is known', async () => {
    await cache.load(session, [shop]);
    const rendering = startRendering(ask({ kind: 'get-relation', relation: orders }), cache);
    expect(rendering.at).toEqual({ done: true, value: { ...orders, type: 'table' } });
  });

  it('fails where the template asked', async () => {
    function* careful(): Generator<Request, string, unknown> {
      try {
        yield { kind: 'query', sql: 'select broken' };
      } catch (error) {
        return error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
      }
      return 'no error';
    }
    expect(await answer(careful())).toContain('Referenced column "broken"');
  });
});
