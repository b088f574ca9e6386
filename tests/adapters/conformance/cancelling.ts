import { expect } from 'vitest';
import type { Lab } from './lab.ts';

/** A running statement can be stopped from outside. */
export function checkCancelling(lab: Lab): void {
  lab.test('a slow query stops soon, fails as cancelled, and the session goes on', async () => {
    const started = Date.now();
    const failure = lab.session.query(lab.subject.slowQuery).catch((error: unknown) => error);
    setTimeout(() => lab.session.cancel(), 100);
    expect(await failure).toMatchObject({ code: 'cancelled', message: 'The statement was cancelled.' });
    expect(Date.now() - started).toBeLessThan(3000);
    expect(await lab.read('select 1')).toEqual([[1]]);
  });

  lab.test('cancelled at once it stops too', async () => {
    const failure = lab.session.query(lab.subject.slowQuery).catch((error: unknown) => error);
    await lab.session.cancel();
    expect(await failure).toMatchObject({ code: 'cancelled' });
  });

  lab.test('with nothing running it does nothing', async () => {
    await lab.session.cancel();
    expect(await lab.read('select 1')).toEqual([[1]]);
  });

  lab.test('closing the adapter stops what runs', async () => {
    const other = await lab.openAnother();
    await other.connect();
    const busy = await other.openSession();
    const failure = busy.query(lab.subject.slowQuery).catch((error: unknown) => error);
    await other.close();
    await other.close();
    expect(await failure).toMatchObject({ code: 'cancelled' });
  });
}
