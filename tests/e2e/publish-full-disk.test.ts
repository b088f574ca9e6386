import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDuckDbProject } from '../unit/run/support/duckdb.ts';
import type { NodeSpec } from '../unit/run/support/project.ts';
import { bundleScript } from './support/bundle.ts';

/** A limit on the size of files refuses writes just as a full disk does; about 8 MB. */
const limit = 'ulimit -f 16000';

describe('a full disk', () => {
  it('leaves the last published tables whole on DuckDB, and the next run succeeds', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'strata-disk-'));
    const path = join(folder, 'shop.duckdb');
    const script = await bundleScript(new URL('support/build-once.ts', import.meta.url));
    const small: readonly NodeSpec[] = [
      { name: 'orders', sql: 'select i, random() as r from generate_series(1, 1000) as n(i)' },
      { name: 'reader', sql: 'select count(*) as n from {orders}', reads: ['orders'] },
    ];
    const first = await openDuckDbProject(path, 'shop');
    await first.run(small);
    await first.close();
    const large = [
      { ...small[0], sql: 'select i, random() as r, uuid() as u from generate_series(1, 3000000) as n(i)' },
      small[1],
    ];
    const input = JSON.stringify({ path, place: first.place, specs: large });
    const failed = spawnSync('sh', ['-c', `${limit}; exec "$@"`, 'sh', process.execPath, script.path, input], {
      encoding: 'utf8',
    });
    script.remove();
    expect(JSON.parse(failed.stdout).statuses).toEqual(['orders: error', 'reader: skipped']);
    const after = await openDuckDbProject(path, 'shop');
    expect(await after.query('select count(*), min(i), max(i) from shop.shop.orders')).toEqual([[1000, 1, 1000]]);
    expect(await after.rows('reader')).toEqual([[1000]]);
    expect((await after.run(small)).results.map(({ status }) => status)).toEqual(['success', 'success']);
    expect(await after.relations()).toEqual(['orders:table', 'reader:table']);
    await after.close();
    rmSync(folder, { recursive: true });
  });
});
