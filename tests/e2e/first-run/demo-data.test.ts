import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTruth } from '../../support/demo-truth.ts';
import { Sandbox, withoutTimes } from '../cli-runner.ts';

let sandbox: Sandbox;

beforeAll(() => {
  sandbox = new Sandbox();
});

afterAll(() => sandbox.remove());

/** A digest per file of a folder, however deep. */
function digestFiles(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  const digest = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), digest(path)]));
}

describe('strata demo-data', () => {
  it('makes a small company without being told anything', async () => {
    const { code, stdout, stderr } = await sandbox.run('demo-data');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(withoutTimes(stderr).split('\n')[0]).toBe('Wrote 9 files for 600 accounts to demo-data/ in N.NNs. Rows:');
    expect(readTruth(join(sandbox.work, 'demo-data', 'truth.json')).account_rows).toHaveLength(600);
  });

  it('gives the same bytes again, over what it wrote before', async () => {
    const folder = join(sandbox.work, 'demo-data');
    const before = digestFiles(folder);
    const { code } = await sandbox.run('demo-data');
    expect(code).toBe(0);
    expect(digestFiles(folder)).toEqual(before);
  });

  it('gives the committed seeds for their size and seed', async () => {
    await sandbox.run('demo-data --accounts 600 --seed 2 --out raw');
    const made = digestFiles(join(sandbox.work, 'raw'));
    const seeds = digestFiles(new URL('../../../seeds', import.meta.url).pathname);
    expect(Object.keys(made)).toHaveLength(9);
    expect(seeds).toMatchObject(made);
  });
});
