import { expect } from 'vitest';
import type { Lab } from './lab.ts';

/** A refused statement says what was wrong. */
export function checkErrors(lab: Lab): void {
  lab.test('a refused statement carries the code and says where', async () => {
    await expect(lab.session.query('select *\n    from nowhere')).rejects.toMatchObject({
      code: 'database-error',
      message: expect.stringMatching(lab.subject.missingTable),
    });
  });
}
