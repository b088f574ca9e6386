import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Sandbox } from './cli-runner.ts';
import { runInProcess } from './malformed/run-case.ts';

let sandbox: Sandbox;

beforeEach(() => {
  sandbox = new Sandbox({
    'models/orders.sql': 'select 1 as id\n',
    'target/manifest.json': '{}',
    'own/notes.txt': 'mine',
  });
  writeFileSync(join(sandbox.folder, 'outside.txt'), 'not ours');
});

afterEach(() => sandbox.remove());

const at = (path: string) => join(sandbox.work, path);

async function clean(
  ...targets: readonly string[]
): Promise<{ readonly code: number | null; readonly stderr: string }> {
  sandbox.write({ 'dbt_project.yml': `name: shop\nclean-targets: ${JSON.stringify(targets)}\n` });
  const { code, stderr } = await runInProcess(['clean'], sandbox.work, {});
  return { code, stderr: stderr.trimEnd() };
}

test('deletes the targets and says so', async () => {
  expect(await clean('target', 'missing')).toEqual({ code: 0, stderr: 'Deleted target' });
  expect(existsSync(at('target'))).toBe(false);
});

test('deletes a link, not what it leads to', async () => {
  symlinkSync(at('own'), at('linked'));
  expect(await clean('linked')).toEqual({ code: 0, stderr: 'Deleted linked' });
  expect([existsSync(at('linked')), existsSync(at('own/notes.txt'))]).toEqual([false, true]);
});

test('leaves what links inside a target lead to', async () => {
  symlinkSync(sandbox.folder, at('target/up'));
  expect(await clean('target')).toEqual({ code: 0, stderr: 'Deleted target' });
  expect(existsSync(join(sandbox.folder, 'outside.txt'))).toBe(true);
});

test.each(['..', '../', '.', './target/..', 'target/../..', '/', '.git', 'own/../../'])(
  'refuses %s, which is not inside the project, and deletes nothing else either',
  async (target) => {
    mkdirSync(at('.git'));
    const { code, stderr } = await clean('target', target);
    expect(code).toBe(2);
    expect(stderr).toBe(
      `Error: dbt_project.yml: clean-targets: "${target}" is not inside the project. Nothing was deleted. Take it out of clean-targets.`,
    );
    expect([existsSync(at('target')), existsSync(join(sandbox.folder, 'outside.txt'))]).toEqual([true, true]);
  },
);

test('refuses a target that a link leads out of the project', async () => {
  mkdirSync(join(sandbox.folder, 'elsewhere/inner'), { recursive: true });
  symlinkSync(join(sandbox.folder, 'elsewhere'), at('away'));
  for (const target of ['away', 'away/inner']) expect((await clean(target)).code).toBe(2);
  expect(existsSync(join(sandbox.folder, 'elsewhere/inner'))).toBe(true);
});

test.each(['models', 'models/', 'models/orders.sql', 'short/orders.sql'])(
  'refuses %s, which holds what was written by hand',
  async (target) => {
    symlinkSync(at('models'), at('short'));
    const { code, stderr } = await clean(target);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `Error: dbt_project.yml: clean-targets: "${target}" holds the sources in models. Nothing was deleted. Take it out of clean-targets.`,
    });
    expect(existsSync(at('models/orders.sql'))).toBe(true);
  },
);
