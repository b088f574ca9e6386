import { expect, test } from 'vitest';
import { expectFailure } from './support/exemption.ts';

test('an exempt check that passes is told by name, one that fails is as it should be', async () => {
  const passing = expectFailure('a table is made', async () => undefined);
  await expect(passing).rejects.toThrow('exemption no longer needed: "a table is made"');
  await expectFailure('a table is made', () => Promise.reject(new Error('no tables')));
});
