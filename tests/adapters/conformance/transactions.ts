import { expect } from 'vitest';
import type { Lab } from './lab.ts';

/** What is not committed did not happen, DDL included. */
export function checkTransactions(lab: Lab): void {
  lab.test('a failed transaction can be rolled back and the session goes on', async () => {
    await lab.session.begin();
    await expect(lab.session.execute('select * from nowhere')).rejects.toThrow();
    await lab.session.rollback();
    await lab.session.rollback();
    expect(await lab.read('select 1')).toEqual([[1]]);
  });

  lab.test('DDL is rolled back', async () => {
    await lab.session.begin();
    await lab.session.execute(`create table ${lab.render('fleeting')} (id integer)`);
    await lab.session.rollback();
    await expect(lab.read(`select * from ${lab.render('fleeting')}`)).rejects.toThrow();
  });

  lab.test('a session that was closed rolls back what it had open', async () => {
    const other = await lab.adapter.openSession();
    await other.begin();
    await other.execute(`create table ${lab.render('orphan')} (id integer)`);
    await other.close();
    await other.rollback();
    await other.close();
    await expect(lab.read(`select * from ${lab.render('orphan')}`)).rejects.toThrow();
  });

  lab.test('rows loaded inside a transaction are rolled back with it', async () => {
    const columns = await lab.createTable('undone', { id: 'integer' });
    await lab.session.begin();
    await lab.session.load(lab.at('undone'), columns, [[1], [2]]);
    expect(await lab.read(`select count(*) from ${lab.render('undone')}`)).toEqual([[2]]);
    await lab.session.rollback();
    expect(await lab.read(`select count(*) from ${lab.render('undone')}`)).toEqual([[0]]);
  });

  lab.test('a reader sees the old rows until the writer commits', async () => {
    await lab.session.execute(`create table ${lab.render('shared')} as select 1 as id`);
    const writer = await lab.adapter.openSession();
    await writer.begin();
    await writer.execute(`delete from ${lab.render('shared')}; insert into ${lab.render('shared')} values (2)`);
    expect(await lab.read(`select id from ${lab.render('shared')}`)).toEqual([[1]]);
    await writer.commit();
    expect(await lab.read(`select id from ${lab.render('shared')}`)).toEqual([[2]]);
    await writer.close();
  });

  lab.test('a conflict between two transactions may be tried again, another error not', async () => {
    const [one, two] = [await lab.adapter.openSession(), await lab.adapter.openSession()];
    await lab.session.execute(`create table ${lab.render('contested')} as select 1 as id`);
    for (const each of [one, two]) {
      await each.begin();
      await each.execute(`${lab.subject.isolate} select * from ${lab.render('contested')}`);
    }
    await one.execute(`update ${lab.render('contested')} set id = 2`);
    const second = two.execute(`update ${lab.render('contested')} set id = 3`).catch((error: unknown) => error);
    await one.commit();
    const failure = await second;
    expect(failure).toMatchObject({ code: 'database-error' });
    expect(lab.adapter.isRetryable(failure)).toBe(true);
    await two.rollback();
    const other = await two.query('select * from nowhere').catch((error: unknown) => error);
    expect(lab.adapter.isRetryable(other)).toBe(false);
    await Promise.all([one.close(), two.close()]);
  });
}
