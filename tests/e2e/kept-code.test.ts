import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'strata-package-'));

/** What a package holds: no sources, and no code kept by anybody else. */
beforeAll(() => {
  cpSync(join(root, 'bin'), join(home, 'bin'), { recursive: true });
  cpSync(join(root, 'dist'), join(home, 'dist'), {
    recursive: true,
    filter: (path) => !path.startsWith(join(root, 'dist/code')),
  });
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

function strata(...args: readonly string[]): string {
  return execFileSync(process.execPath, [join(home, 'bin/strata.js'), ...args], { encoding: 'utf8', cwd: home });
}

/** The files of kept code, by the command they are of. */
function keptCode(): readonly string[] {
  const [folder] = readdirSync(join(home, 'dist/code'));
  return readdirSync(join(home, 'dist/code', folder ?? '')).sort();
}

describe('the code that is kept of an earlier run', () => {
  it('is kept for each command', () => {
    strata('--help');
    strata('init', 'shop');
    expect(keptCode()).toEqual(['help', 'init']);
  });

  it('is not used when it is damaged, and kept anew', () => {
    const before = strata('--help');
    const [folder] = readdirSync(join(home, 'dist/code'));
    const path = join(home, 'dist/code', folder ?? '', 'help');
    const damaged = readFileSync(path).fill(7, 0, 64);
    writeFileSync(path, damaged);
    expect(strata('--help')).toBe(before);
    expect(readFileSync(path).equals(damaged)).toBe(false);
  });

  it('is not kept of a command that could not run', () => {
    expect(() => strata('parse', '--project-dir', join(home, 'nowhere'))).toThrow();
    expect(keptCode()).not.toContain('parse');
  });
});
