import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, describe, expect, it } from 'vitest';
import { readDuckDbTarget } from '../../../orchestrator/config/targets/duckdb.ts';
import { readYaml } from '../../../orchestrator/config/yaml.ts';

const folder = mkdtempSync(join(tmpdir(), 'strata-names-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The database of a target with this path. */
function databaseOf(path: string): string | undefined {
  const document = readYaml('', 'profiles.yml');
  return readDuckDbTarget({ type: 'duckdb', path }, [], { document, projectDir: folder })?.database;
}

describe('a DuckDB target', () => {
  it.each([
    ['shop.duckdb', 'shop'],
    ['shop', 'shop'],
    ['shop.v2.duckdb', 'shop'],
    ['.shop', 'shop'],
    ['main.duckdb', 'main_db'],
    ['temp.db', 'temp_db'],
    ['system', 'system_db'],
    ['Main.duckdb', 'Main'],
    [':memory:', 'memory'],
  ])('names the database of %s as DuckDB does: %s', async (file, name) => {
    const path = file === ':memory:' ? file : join(folder, file);
    const instance = await DuckDBInstance.create(path);
    const connection = await instance.connect();
    const reader = await connection.runAndReadAll('select current_database()');
    expect([databaseOf(path), reader.getRows()[0]?.[0]]).toEqual([name, name]);
    connection.closeSync();
    instance.closeSync();
  });
});
