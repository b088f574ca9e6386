import { describe, expect, test } from 'vitest';
import { caught, SnowflakeLab } from './support/snowflake-lab.ts';

const lab = new SnowflakeLab();

describe('sessions', () => {
  test('are renewed when their token expires, and the statement goes on', async () => {
    const session = await lab.session();
    lab.server.on(/^select/, { kind: 'rows', columns: [{ name: 'A', type: 'text' }], rows: [['x']] });
    lab.server.end('expired');
    expect((await session.query('select a')).rows).toEqual([['x']]);
    const renewals = lab.server.requests.filter((path) => path.endsWith('token-request'));
    expect([lab.server.logins.length, renewals.length]).toEqual([1, 1]);
  });

  test('that Snowflake has ended are opened again outside of transactions', async () => {
    const session = await lab.session();
    lab.server.end('gone');
    await session.execute('create table a (x int)');
    expect([lab.server.logins.length, lab.sent()]).toEqual([2, ['create table a (x int)']]);
  });

  test('that Snowflake has ended in a transaction lose it, and say so', async () => {
    const session = await lab.session();
    await session.execute('/* run 1 */ begin; select 1');
    lab.server.end('gone');
    const error = await caught(session.execute('insert into a values (1)'));
    expect([error.code, error.hint]).toEqual([
      'connection-failed',
      'The open transaction is rolled back by Snowflake; published tables are whole. Run again.',
    ]);
    await session.rollback();
    await session.execute('select 1');
    expect(lab.sent()).toEqual(['/* run 1 */ begin', 'select 1', 'select 1']);
  });

  test('log out when they are closed, and may be closed twice', async () => {
    const adapter = lab.open();
    await adapter.connect();
    await adapter.openSession();
    await adapter.connect();
    await adapter.close();
    await adapter.close();
    const logouts = lab.server.requests.filter((path) => path === 'POST /session');
    expect([lab.server.logins.length, logouts.length]).toEqual([2, 2]);
  });
});

describe('cancelling', () => {
  test.each([
    ['before Snowflake has told its id', false, 'POST /queries/v1/abort-request'],
    ['that Snowflake runs', true, expect.stringMatching(/^POST \/queries\/[0-9a-f-]{36}\/abort-request$/)],
  ])('a statement %s stops it', async (_, isDetached, request) => {
    lab.server.on(/^call/, { kind: 'endless', isDetached });
    const session = await lab.session();
    const running = caught(session.execute('call endless()'));
    await expect.poll(() => lab.sent()).toEqual(['call endless()']);
    if (isDetached) await expect.poll(() => lab.server.requests.at(-1)).toMatch(/\/result$/);
    await session.cancel();
    expect((await running).code).toBe('cancelled');
    expect(lab.server.requests).toContainEqual(request);
    await session.execute('select 1');
  });

  test('a statement of a server that has fallen silent gives up soon, and the session goes on in a new one', async () => {
    lab.server.on(/^call/, { kind: 'endless', isDetached: false });
    const session = await lab.session();
    await session.begin();
    const running = caught(session.execute('call endless()'));
    await expect.poll(() => lab.sent().length).toBe(2);
    lab.server.isSilent = true;
    const start = performance.now();
    await session.cancel();
    expect((await running).message).toBe('The statement was cancelled, but Snowflake did not confirm it.');
    expect(performance.now() - start).toBeLessThan(4500);
    lab.server.isSilent = false;
    await session.rollback();
    await session.execute('select 1');
    expect([lab.server.logins.length, lab.sent().slice(2)]).toEqual([2, ['select 1']]);
  });

  test('nothing is no mistake', async () => {
    await (await lab.session()).cancel();
  });
});
