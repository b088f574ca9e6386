import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Sandbox, withoutTimes } from './cli-runner.ts';

let sandbox: Sandbox;

beforeEach(() => {
  sandbox = new Sandbox({
    'dbt_project.yml': 'name: shop\n',
    'models/orders.sql': "{{ config(materialized='table') }}select 1 as order_id",
  });
});

afterEach(() => sandbox.remove());

describe('a target folder that cannot be written', () => {
  const unwritable = /Warning: manifest\.json could not be written: E[A-Z]+: .*\.\n/;

  beforeEach(() => sandbox.write({ target: 'a file where the folder would be' }));

  it('keeps nobody from listing', async () => {
    const { code, stdout, stderr } = await sandbox.run('ls');
    expect([code, stdout]).toEqual([0, 'shop.orders\n']);
    expect(stderr).toMatch(unwritable);
  });

  it('keeps a build from nothing but its artifacts', async () => {
    const { code, stderr } = await sandbox.run('build');
    expect(code).toBe(0);
    expect(stderr).toMatch(unwritable);
    expect(stderr).toMatch(/Warning: run_results\.json could not be written: E[A-Z]+: .*\.\n/);
    expect(withoutTimes(stderr)).toContain('Done in N.NNs. PASS=1 WARN=0 ERROR=0 SKIP=0 TOTAL=1');
  });

  it('fails parse, which is there to write it', async () => {
    const { code, stderr } = await sandbox.run('parse');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^Error: The system refused: E[A-Z]+: /);
  });
});

describe('a file of the project that cannot be read', () => {
  it('is named where it is a link to nothing', async () => {
    symlinkSync('nowhere.sql', join(sandbox.work, 'models/lost.sql'));
    const { code, stderr } = await sandbox.run('ls');
    expect([code, stderr]).toEqual([
      2,
      'Error: models/lost.sql: The file cannot be read: ENOENT: no such file or directory. Check its permissions and, if it is a link, what it points to.\n',
    ]);
  });

  it('is named as well as can be where its name is not UTF-8', async ({ skip }) => {
    const name = Buffer.from([0x62, 0xe9, 0x64, ...Buffer.from('.sql')]);
    try {
      writeFileSync(Buffer.concat([Buffer.from(`${sandbox.work}/models/`), name]), 'select 1 as a');
    } catch {
      skip('the file system takes no such name');
    }
    expect(readdirSync(join(sandbox.work, 'models'))).toHaveLength(2);
    const { code, stderr } = await sandbox.run('ls');
    expect([code, stderr]).toEqual([
      2,
      'Error: models/b\ufffdd.sql: The file cannot be read: ENOENT: no such file or directory. Its name is not UTF-8: rename it.\n',
    ]);
  });
});

const bin = fileURLToPath(new URL('../../bin/strata.js', import.meta.url));

describe('a log that nobody takes', () => {
  /** Runs a line of the shell, in which $STRATA is the command. */
  function shell(line: string): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
    const env = { PATH: process.env['PATH'], HOME: sandbox.folder, STRATA: `${process.execPath} ${bin}` };
    return spawnSync('sh', ['-c', line], { cwd: sandbox.work, env, encoding: 'utf8' });
  }

  const statusOf = (): unknown => {
    const { results } = JSON.parse(readFileSync(join(sandbox.work, 'target/run_results.json'), 'utf8'));
    return results.map(({ status }: { readonly status: unknown }) => status);
  };

  it('stops no build whose reader has gone', () => {
    const { stdout } = shell('exec 3>&1; { $STRATA build 2>&1; echo "ended with $?" >&3; } | head -c 1 > /dev/null');
    expect([stdout, statusOf()]).toEqual(['ended with 0\n', ['success']]);
  });

  it.runIf(existsSync('/dev/full'))('stops no build where its disk is full', () => {
    const { status } = shell('$STRATA build 2> /dev/full');
    expect([status, statusOf()]).toEqual([0, ['success']]);
  });

  it.runIf(existsSync('/dev/full'))('says in one line that results cannot be written', () => {
    const { status, stderr } = shell('$STRATA ls > /dev/full');
    expect(status).toBe(2);
    expect(stderr).toMatch(/^Error: The output cannot be written: ENOSPC: .*\.\n$/);
  });

  it('stops no build where --log-path cannot be written', async () => {
    mkdirSync(join(sandbox.work, 'logs/strata.log'), { recursive: true });
    const { code, stderr } = await sandbox.run('build --log-path logs');
    expect([code, statusOf()]).toEqual([0, ['success']]);
    expect(stderr.match(/Warning: The log .*strata\.log could not be written: EISDIR/g)).toHaveLength(1);
  });
});
