import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Adapter, Session } from '../../orchestrator/adapters/adapter.ts';
import type { DuckDbOptions } from '../../orchestrator/adapters/duckdb.ts';
import { DuckDbAdapter } from '../../orchestrator/adapters/duckdb.ts';

const folder = mkdtempSync(join(tmpdir(), 'strata-duckdb-'));
const opened: Adapter[] = [];

afterAll(async () => {
  await Promise.all(opened.map((adapter) => adapter.close()));
  rmSync(folder, { recursive: true, force: true });
});

async function open(options: Partial<DuckDbOptions>): Promise<Session> {
  const adapter = new DuckDbAdapter({ type: 'duckdb', path: ':memory:', ...options });
  opened.push(adapter);
  await adapter.connect();
  return adapter.openSession();
}

test('a file in a missing folder is made and its database named after it', async () => {
  const path = join(folder, 'deep', 'er', 'shop.duckdb');
  const session = await open({ path: relative(process.cwd(), path), database: 'shop' });
  expect((await session.query('select current_database()')).rows).toEqual([['shop']]);
  expect(readdirSync(join(folder, 'deep', 'er'))).toContain('shop.duckdb');
});

test('a database the file does not have is refused with the name it has', async () => {
  const path = join(folder, 'shop.v2.duckdb');
  await expect(open({ path, database: 'shop.v2' })).rejects.toMatchObject({
    code: 'connection-failed',
    message: `DuckDB file ${path} has no database "shop.v2".`,
    hint: 'DuckDB calls the file\'s database "shop": set "database" to that in profiles.yml, or attach another file.',
  });
});

test('a new file has the format of DuckDB 1.2 unless the settings name another', async () => {
  const format = "select tags['storage_version'] from duckdb_databases() where not internal";
  const usual = await open({ path: join(folder, 'usual.duckdb') });
  expect((await usual.query(format)).rows).toEqual([['v1.2.0+']]);
  const settings = { storage_compatibility_version: 'v0.10.2' };
  const older = await open({ path: join(folder, 'older.duckdb'), settings });
  expect((await older.query(format)).rows).toEqual([['v1.0.0+']]);
});

test('two adapters on one file see each other', async () => {
  const path = join(folder, 'both.duckdb');
  const [one, two] = [await open({ path }), await open({ path })];
  await one.execute('create table t as select 1 as id');
  expect((await two.query('select * from t')).rows).toEqual([[1]]);
});

test('a file that another process has open is refused with what to do', async () => {
  const path = join(folder, 'held.duckdb');
  const script = `
    const { DuckDBInstance } = await import('@duckdb/node-api');
    await DuckDBInstance.create(${JSON.stringify(path)});
    console.log('open');
    setInterval(() => undefined, 1000);`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await once(holder.stdout, 'data');
    await expect(open({ path })).rejects.toMatchObject({
      code: 'connection-failed',
      message: expect.stringMatching(
        new RegExp(`^DuckDB file .*held\\.duckdb is locked by another process \\(.*PID ${holder.pid}\\)\\.$`),
      ),
      hint: 'Wait until that process ends or close it; one process at a time can write a DuckDB file.',
    });
  } finally {
    holder.kill('SIGKILL');
  }
});

test('a file of another kind is refused', async () => {
  const path = join(folder, 'other.duckdb.bak');
  writeFileSync(path, Buffer.alloc(20_000, 7));
  await expect(open({ path })).rejects.toMatchObject({
    code: 'connection-failed',
    hint: 'Set "path" in profiles.yml to a DuckDB file, or to a file that does not exist yet.',
  });
});

test('settings hold in every session and other databases are attached', async () => {
  const other = join(folder, 'other.duckdb');
  const writer = await open({ path: other });
  await writer.execute('create table t as select 7 as id');
  await Promise.all(opened.splice(opened.length - 1).map((adapter) => adapter.close()));
  const session = await open({
    settings: { threads: 1, default_null_order: 'nulls_first' },
    attach: [{ path: other, alias: 'lake', read_only: true }],
  });
  const { rows } = await session.query("select current_setting('threads'), current_setting('default_null_order')");
  expect(rows).toEqual([[1, 'NULLS_FIRST']]);
  expect((await session.query('select id from lake.t')).rows).toEqual([[7]]);
});

test('a secret among the settings is in no message', async () => {
  await expect(open({ settings: { s3_secret_access_key: 'hunter2-hunter2' } })).rejects.toMatchObject({
    message: expect.not.stringContaining('hunter2'),
  });
});

test('a view on a table that is gone does not hide the columns of others', async () => {
  const session = await open({});
  await session.execute(
    'create table gone as select 1 as id; create view broken as select * from gone; drop table gone',
  );
  await session.execute('create table kept as select 1 as id');
  const kept = { database: null, schema: 'main', identifier: 'kept' };
  expect(await session.listColumns([kept])).toEqual(new Map([['main.kept', [{ name: 'id', type: 'INTEGER' }]]]));
  expect(await session.listRelations([kept])).toEqual([
    { database: 'memory', schema: 'main', identifier: 'broken', type: 'view' },
    { database: 'memory', schema: 'main', identifier: 'kept', type: 'table' },
  ]);
});

test('structs, maps and blobs are text', async () => {
  const session = await open({});
  const sql = `select {'a': 1, 'b': [date '2024-01-01']}, map {'k': 1.5}, '\\xAB'::blob, uuid '00000000-0000-0000-0000-000000000001'`;
  expect((await session.query(sql)).rows).toEqual([
    ['{"a":1,"b":["2024-01-01"]}', '{"k":"1.5"}', '\\xab', '00000000-0000-0000-0000-000000000001'],
  ]);
});

test('a value that does not fit its column is named', async () => {
  const session = await open({});
  const relation = { database: null, schema: 'main', identifier: 't' };
  const columns = [
    { name: 'amount', type: 'decimal(5,2)' },
    { name: 'day', type: 'date' },
  ];
  await session.execute('create table t (amount decimal(5,2), day date)');
  await expect(session.load(relation, columns, [['1000', null]])).rejects.toMatchObject({
    code: 'database-error',
    message: 'row 1, column "amount" (decimal(5,2)): "1000" does not fit DECIMAL(5,2).',
  });
  await expect(
    session.load(relation, columns, [
      [1, '2024-02-29'],
      [1, '2023-02-29'],
    ]),
  ).rejects.toMatchObject({
    message: 'row 2, column "day" (date): "2023-02-29" is not a date (YYYY-MM-DD).',
  });
});
