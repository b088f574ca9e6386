import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ConnectOptions } from '../../orchestrator/adapters/adapter.ts';
import { DuckDbAdapter } from '../../orchestrator/adapters/duckdb.ts';

let folder: string;
let path: string;
let holder: ChildProcess | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'strata-file-'));
  path = join(folder, 'shop.duckdb');
  await readWith({}, 'create table orders as select 7 as order_id');
});

afterEach(() => {
  holder?.kill('SIGKILL');
  holder = undefined;
  rmSync(folder, { recursive: true });
});

async function readWith(options: ConnectOptions, sql = 'select * from orders') {
  const adapter = new DuckDbAdapter({ type: 'duckdb', path });
  try {
    await adapter.connect(options);
    return (await (await adapter.openSession()).query(sql)).rows;
  } finally {
    await adapter.close();
  }
}

/** Opens the file in a process of its own, as a query tool does, and closes it after a while. */
async function holdFor(milliseconds: number, access: 'READ_ONLY' | 'READ_WRITE'): Promise<void> {
  const script = `
    const { DuckDBInstance } = await import('@duckdb/node-api');
    await DuckDBInstance.create(${JSON.stringify(path)}, { access_mode: '${access}' });
    console.log('open');
    setTimeout(() => process.exit(), ${milliseconds});`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  holder = child;
  await once(child.stdout, 'data');
}

test('a file that somebody looks into for a moment is waited for', async () => {
  await holdFor(500, 'READ_ONLY');
  expect(await readWith({})).toEqual([[7]]);
});

test('a file that a query tool keeps open is read beside it by who only reads, and refused to who writes', async () => {
  await holdFor(60_000, 'READ_ONLY');
  expect(await readWith({ readsOnly: true })).toEqual([[7]]);
  await expect(readWith({})).rejects.toMatchObject({
    message: expect.stringContaining(`DuckDB file ${path} is locked by another process`),
  });
});

test('a file that is written is refused to who only reads as well', async () => {
  await holdFor(60_000, 'READ_WRITE');
  await expect(readWith({ readsOnly: true })).rejects.toMatchObject({
    message: expect.stringContaining(`DuckDB file ${path} is locked by another process`),
  });
});
