import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runCommandLine } from '../../../orchestrator/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'strata-entry-'));
writeFileSync(join(folder, 'a-file'), '');

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

test('leaves no signal handler behind', async () => {
  const before = process.listenerCount('SIGINT');
  await run('ls', '--project-dir', 'shop');
  expect(process.listenerCount('SIGINT')).toBe(before);
});
