import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openAdapter } from '../../orchestrator/adapters/open-adapter.ts';

const folder = mkdtempSync(join(tmpdir(), 'strata-duckdb-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a file in a missing folder is made and named after itself', async () => {
  const adapter = await openAdapter({ type: 'duckdb', path: join(folder, 'deep', 'er', 'shop.duckdb') });
  await adapter.connect();
  const session = await adapter.openSession();
  expect((await session.query('select current_database() as name')).rows).toEqual([['shop']]);
  await adapter.close();
  await adapter.close();
});
