import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Sandbox, withoutTimes } from './cli-runner.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
let sandbox: Sandbox;

beforeAll(() => {
  sandbox = new Sandbox();
});

afterAll(() => sandbox.remove());

describe('strata', () => {
  it.each(['--version', '-v'])('%s prints the version', async (flag) => {
    expect(await sandbox.run(flag)).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it.each(['', '--help', '-h', 'help'])('"%s" prints the help', async (line) => {
    const { code, stdout, stderr } = await sandbox.run(line);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Usage: strata COMMAND [FLAGS]\n');
  });

  it.each(['build --help', 'help build', '--help build', 'build -h --select x'])(
    '%s prints the help of build',
    async (line) => {
      const { code, stdout } = await sandbox.run(line);
      expect({ code, usage: stdout.split('\n')[2] }).toEqual({ code: 0, usage: 'Usage: strata build [FLAGS]' });
    },
  );

  it.each([
    ['biuld', 'Error: Unknown command "biuld". Did you mean "build"?\n'],
    ['build --selct x', 'Error: Unknown flag --selct. Did you mean "--select"?\n'],
    ['build --state old', 'Error: --state is not supported yet. It needs the manifest of an earlier run.\n'],
    ['build --defer', 'Error: --defer is not supported yet. It needs the manifest of an earlier run.\n'],
    [
      'ls --vars 3',
      `Error: --vars is not a YAML mapping of names to values. Write for instance --vars '{as_of_date: 2025-06-30}'.\n`,
    ],
    ['build --threads 0', 'Error: --threads cannot be 0. Give a number from 1.\n'],
    [
      'show',
      'Error: strata show needs either --select or --inline. Write strata show --select fct_orders, or --inline "select 1".\n',
    ],
    [
      'init 1shop',
      'Error: A project cannot be named "1shop". Letters, digits and underscores, not beginning with a digit.\n',
    ],
    ['demo-data --accounts 0', 'Error: --accounts cannot be 0. Give a whole number from 1 to 99999.\n'],
  ])('%s: says what is wrong and ends with 2', async (line, stderr) => {
    expect(await sandbox.run(line)).toEqual({ code: 2, stdout: '', stderr });
  });

  it.each(['build', 'ls', 'debug', 'clean', 'start'])(
    '%s outside a project says so and writes nothing',
    async (command) => {
      const empty = new Sandbox();
      const { code, stderr } = await empty.run(command);
      const hint = 'Run the command in a project folder, or give it with --project-dir.';
      expect({ code, stderr }).toEqual({ code: 2, stderr: `Error: No dbt_project.yml in ${empty.work}. ${hint}\n` });
      expect(readdirSync(empty.work)).toEqual([]);
      empty.remove();
    },
  );

  it('blames the system for what the system refuses', async () => {
    const own = new Sandbox({ 'dbt_project.yml': 'name: shop\n', target: 'a file where a folder must be' });
    const { code, stderr } = await own.run('parse');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^Error: The system refused: E[A-Z]+: [^\n]+\.\n$/);
    own.remove();
  });

  it('writes errors as JSON when asked', async () => {
    const { code, stderr } = await sandbox.run('build --log-format json');
    expect(code).toBe(2);
    expect(JSON.parse(stderr)).toMatchObject({ level: 'error', event: 'error', code: 'project-not-found' });
  });
});

describe('strata init', () => {
  it('makes a project and overwrites nothing', async () => {
    const made = await sandbox.run('init shop');
    expect(made).toEqual({
      code: 0,
      stdout: '',
      stderr: 'Made shop/ with a seed, two models and their tests. Next:\n  cd shop\n  strata build\n',
    });
    expect(readdirSync(join(sandbox.work, 'shop')).sort()).toEqual([
      '.gitignore',
      'dbt_project.yml',
      'models',
      'seeds',
    ]);
    expect(await sandbox.run('init shop')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'Error: shop exists already. Choose another name or remove it first.\n',
    });
  });
});

describe('strata demo-data', () => {
  it('writes the same files for the same seed', async () => {
    const first = await sandbox.run('demo-data --accounts 5 --seed 3 --out one');
    expect(first.code).toBe(0);
    expect(first.stdout).toBe('');
    expect(withoutTimes(first.stderr)).toMatch(
      /^Wrote 9 files for 5 accounts to one\/ in N\.NNs\. Rows:\n {2}raw_accounts +\d+\n/,
    );
    await sandbox.run('demo-data --accounts 5 --seed 3 --out two');
    const read = (folder: string): string => readFileSync(join(sandbox.work, folder, 'product/raw_events.csv'), 'utf8');
    expect(read('two')).toBe(read('one'));
  });
});

describe('strata clean', () => {
  const project = (targets: string): Record<string, string> => ({
    'dbt_project.yml': `name: shop\nclean-targets: ${targets}\n`,
    'target/a.json': '{}',
    'models/a.sql': 'select 1 as id',
  });

  it('deletes the clean-targets', async () => {
    const own = new Sandbox(project('[target, logs]'));
    expect(await own.run('clean')).toEqual({ code: 0, stdout: '', stderr: 'Deleted target\n' });
    expect(readdirSync(own.work).sort()).toEqual(['dbt_project.yml', 'models']);
    own.remove();
  });

  it.each([
    ['[target, ../outside]', '../outside', 'is not inside the project'],
    ['[target, /tmp]', '/tmp', 'is not inside the project'],
    ['[target, .]', '.', 'is not inside the project'],
    ['[target, linked]', 'linked', 'is not inside the project'],
    ['[target, models]', 'models', 'holds the sources in models'],
  ])('refuses %s and deletes nothing', async (targets, target, reason) => {
    const own = new Sandbox(project(targets));
    mkdirSync(join(own.folder, 'outside'));
    symlinkSync(join(own.folder, 'outside'), join(own.work, 'linked'));
    expect(await own.run('clean')).toEqual({
      code: 2,
      stdout: '',
      stderr: `Error: dbt_project.yml: clean-targets: "${target}" ${reason}. Nothing was deleted. Take it out of clean-targets.\n`,
    });
    expect(existsSync(join(own.work, 'target/a.json'))).toBe(true);
    expect(existsSync(join(own.folder, 'outside'))).toBe(true);
    own.remove();
  });
});
