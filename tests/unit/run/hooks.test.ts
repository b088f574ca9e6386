import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDuckDbProject } from './support/duckdb.ts';
import { type NodeSpec, resultOf, statuses, type TestProject } from './support/project.ts';

let project: TestProject;
beforeEach(async () => {
  project = await openDuckDbProject();
  await project.execute('create table main.hook_log (step varchar)');
});
afterEach(() => project.close());

function operation(name: string, when: string, sql: string): NodeSpec {
  return { name, type: 'operation', tags: [when], sql };
}

const log = (text: string) => `insert into main.hook_log values ('${text}')`;
const orders: NodeSpec = { name: 'orders', sql: 'select 1 as id' };

describe("a project's own hooks", () => {
  it('run in the order of their numbers, before and after everything, and learn what the run did', async () => {
    const results = await project.run([
      operation('shop-on-run-end-0', 'on-run-end', log('[extra]')),
      operation('shop-on-run-start-1', 'on-run-start', log('second')),
      operation('shop-on-run-start-0', 'on-run-start', log('first')),
      { ...orders, sql: "select step as id from main.hook_log where step = 'second'" },
    ]);
    expect(statuses(results)).toEqual([
      'orders: success',
      'shop-on-run-end-0: success',
      'shop-on-run-start-0: success',
      'shop-on-run-start-1: success',
    ]);
    expect(resultOf(results, 'shop-on-run-start-1').message).toBe('shop.on-run-start.1 passed');
    const steps = (await project.query('select step from main.hook_log')).map(([step]) => String(step));
    expect(steps.slice(0, 2)).toEqual(['first', 'second']);
    const { results: told, schemas, database_schemas: pairs } = JSON.parse(steps[2] ?? '');
    expect(told.map(({ unique_id: id, status }: Record<string, string>) => `${id} ${status}`)).toEqual([
      'model.shop.orders success',
    ]);
    expect([schemas, pairs]).toEqual([['shop'], [['memory', 'shop']]]);
  });

  it('that fail at the start keep everything from running', async () => {
    const results = await project.run([
      operation('shop-on-run-start-0', 'on-run-start', 'select no_such_column'),
      orders,
    ]);
    expect(statuses(results)).toEqual(['orders: skipped', 'shop-on-run-start-0: error']);
    expect(resultOf(results, 'orders').message).toBe('skipped: on-run-start failed');
    expect(await project.relations()).toEqual([]);
  });

  it('do not run on compile', async () => {
    await project.run([operation('shop-on-run-start-0', 'on-run-start', log('first')), orders], { command: 'compile' });
    expect(await project.query('select * from main.hook_log')).toEqual([]);
  });
});
