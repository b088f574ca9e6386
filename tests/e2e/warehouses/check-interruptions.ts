import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandOutcome, Warehouse } from '../../support/warehouse.ts';
import type { Emulated } from './emulated.ts';

const bin = fileURLToPath(new URL('../../../bin/strata.js', import.meta.url));
const LIMIT = 180_000;

/** Milliseconds after a build connects at which it is killed: from its first statement to its last. */
const moments = [150, 400, 700, 1100];

/** Every row of every table carries the version of the build that wrote it; a negative version fails the audits. */
const files: Readonly<Record<string, string>> = {
  'dbt_project.yml': 'name: versions\nversion: "1.0"\nprofile: strata\nvars: { version: 1 }\n',
  'seeds/numbers.csv': 'i\n1\n2\n3\n4\n5\n',
  'models/base.sql': "select {{ var('version') }} as version, i from {{ ref('numbers') }}",
  'models/joined.sql':
    "select a.version, a.i from {{ ref('base') }} as a inner join {{ ref('numbers') }} as b on a.i = b.i",
  'models/seen.sql': "{{ config(materialized='view') }} select version, i from {{ ref('joined') }}",
  'models/grown.sql':
    "{{ config(materialized='incremental', unique_key='i') }} select version, i from {{ ref('seen') }}",
  'models/models.yml': `
models:
  - name: base
    config: { materialized: table }
    columns: [{ name: i, data_tests: [not_null] }]
  - name: joined
    config: { materialized: table }
    columns: [{ name: i, data_tests: [unique] }]
  - name: grown
    columns: [{ name: i, data_tests: [unique] }]
`,
  'tests/joined_is_positive.sql': "select * from {{ ref('joined') }} where version < 0",
};
const published = ['base:table', 'grown:table', 'joined:table', 'numbers:table', 'seen:view'];

/** What is published stays as it was while a build fails or is killed, and nothing is left behind by the next. */
export function checkInterruptions({ name, missing, start }: Emulated): void {
  describe.skipIf(missing !== undefined)(`an interrupted build on ${name}`, () => {
    let emulated: Awaited<ReturnType<Emulated['start']>>;
    let warehouse: Warehouse;

    beforeAll(async () => {
      emulated = await start();
      warehouse = emulated.warehouse;
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(warehouse.folder, path)), { recursive: true });
        writeFileSync(join(warehouse.folder, path), text);
      }
      expect((await build(1)).code).toBe(0);
    }, LIMIT);

    afterAll(async () => {
      warehouse.remove();
      await emulated.stop();
    });

    const wordsOf = (version: number): readonly string[] => [
      ...['build', '--project-dir', warehouse.folder, '--profiles-dir', warehouse.folder],
      ...['--vars', JSON.stringify({ version })],
    ];
    const build = (version: number): Promise<CommandOutcome> => warehouse.runBare(...wordsOf(version));
    const versionsOf = async (table: string) =>
      warehouse.rows(`select min(version), max(version), count(*) from shop.${table}`);
    const relations = async (): Promise<readonly string[]> =>
      (await warehouse.list()).map(({ identifier, type }) => `${identifier.toLowerCase()}:${type}`).sort();

    it(
      'leaves the published tables as they were when an audit fails, and skips what reads them',
      async () => {
        const outcome = await build(-1);
        expect(outcome.code).toBe(1);
        expect(outcome.stderr).toMatch(/ FAIL +(?:\d+ )?test joined_is_positive/);
        expect(outcome.stderr).toMatch(/ SKIP model shop\.grown: joined failed/);
        expect(await versionsOf('base')).toEqual([[-1, -1, 5]]);
        for (const table of ['joined', 'seen', 'grown']) expect(await versionsOf(table)).toEqual([[1, 1, 5]]);
        expect(await relations()).toEqual(published);
      },
      LIMIT,
    );

    it(
      'leaves every table whole when it is killed, and the next run removes what was left',
      async () => {
        for (const [at, millis] of moments.entries()) {
          const wasRunning = await killBuild(wordsOf(at + 2), warehouse, millis);
          if (at === 0) expect(wasRunning).toBe(true);
          for (const table of ['base', 'joined', 'grown']) {
            const [[least, most, rows] = []] = await versionsOf(table);
            expect({ table, least, rows }).toEqual({ table, least: most, rows: 5 });
          }
        }
        const outcome = await build(100);
        expect(outcome.code).toBe(0);
        expect(await relations()).toEqual(published);
        for (const table of ['base', 'joined', 'grown']) expect(await versionsOf(table)).toEqual([[100, 100, 5]]);
      },
      LIMIT,
    );
  });
}

/** Kills a build some milliseconds after it began to write what it does; tells whether it was still running. */
async function killBuild(words: readonly string[], warehouse: Warehouse, millis: number): Promise<boolean> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: warehouse.folder };
  const child: ChildProcess = spawn(process.execPath, [bin, ...words], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  if (child.stderr !== null) await once(child.stderr, 'data');
  await sleep(millis);
  const ended = once(child, 'exit');
  if (child.exitCode !== null || !child.kill('SIGKILL')) return false;
  await ended;
  return true;
}
