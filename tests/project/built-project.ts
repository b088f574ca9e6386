import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The project of this repository, built by the command line into a DuckDB file of its own. */
export class BuiltProject {
  readonly #folder = mkdtempSync(join(tmpdir(), 'strata-project-'));
  readonly #file = join(this.#folder, 'built.duckdb');

  /** Runs `strata build` with variables as YAML text; throws what it said where a node failed. */
  build(vars: string, ...args: readonly string[]): void {
    const output = { type: 'duckdb', path: this.#file, schema: 'main', threads: 2 };
    const profiles = { strata: { target: 'test', outputs: { test: output } } };
    writeFileSync(join(this.#folder, 'profiles.yml'), JSON.stringify(profiles));
    const words = ['--profiles-dir', this.#folder, '--target-path', join(this.#folder, 'target'), '--vars', vars];
    const run = spawnSync(process.execPath, ['bin/strata.js', 'build', ...words, ...args], {
      cwd: root,
      encoding: 'utf8',
    });
    if (run.status !== 0) throw new Error(run.stderr);
  }

  /** Writes a file beside the database and gives its path. */
  write(name: string, text: string): string {
    const path = join(this.#folder, name);
    writeFileSync(path, text);
    return path;
  }

  /** Rows of a query, each a list of JSON values. */
  async query(sql: string): Promise<unknown[][]> {
    const instance = await DuckDBInstance.create(this.#file, { access_mode: 'READ_ONLY' });
    try {
      const connection = await instance.connect();
      const rows = await (await connection.runAndReadAll(sql)).getRowsJson();
      connection.closeSync();
      return rows;
    } finally {
      instance.closeSync();
    }
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The variables of an example, as YAML text. */
export function readExample(name: string): string {
  return readFileSync(join(root, 'examples', name, 'vars.yml'), 'utf8');
}
