import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runCommandLine } from '../../../orchestrator/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'strata-entry-'));
writeFileSync(join(folder, 'a-file'), '');

/** Snapshots are listed and not run. */
const snapshot = `{% snapshot kept %}
{{ config(unique_key='id', strategy='check', check_cols='all', target_schema='kept') }}
select 1 as id
{% endsnapshot %}
`;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(...args: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  let [out, err] = ['', ''];
  const stdout = { write: (text: string) => (out += text) };
  const stderr = { write: (text: string) => (err += text) };
  const code = await runCommandLine(args, { stdout, stderr, cwd: folder, env: { HOME: folder } });
  return { code, out, err: err.replaceAll(folder, '<folder>') };
}

test('gives the exit code and writes results to stdout', async () => {
  expect(await run('init', 'shop')).toMatchObject({ code: 0, out: '' });
  const listed = await run('ls', '--project-dir', 'shop', '--resource-type', 'model', '--output', 'name');
  expect(listed).toEqual({ code: 0, out: 'fct_customer_orders\nstg_orders\n', err: '' });
});

test('says what is wrong instead of throwing', async () => {
  expect(await run('biuld')).toMatchObject({ code: 2, out: '' });
  expect(await run('build')).toMatchObject({ code: 2, out: '' });
  const { code, err } = await run('parse', '--project-dir', 'shop', '--log-path', 'a-file/logs');
  expect({ code, err }).toEqual({
    code: 2,
    err: "Error: The system refused: ENOTDIR: not a directory, mkdir '<folder>/a-file/logs'.\n",
  });
});

test('a node that was left out is a failure', async () => {
  mkdirSync(join(folder, 'shop/snapshots'));
  writeFileSync(join(folder, 'shop/snapshots/kept.sql'), snapshot);
  const { code, err } = await run('build', '--project-dir', 'shop', '--select', 'kept');
  expect({
    code,
    lastLine: String(err)
      .trimEnd()
      .split('\n')
      .at(-1)
      ?.replace(/[\d.]+s/, 'N s'),
  }).toEqual({
    code: 1,
    lastLine: 'Done in N s. PASS=0 WARN=0 ERROR=0 SKIP=1 TOTAL=1',
  });
});

test('leaves no signal handler behind', async () => {
  const before = process.listenerCount('SIGINT');
  await run('ls', '--project-dir', 'shop');
  expect(process.listenerCount('SIGINT')).toBe(before);
});
