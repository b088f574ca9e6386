// The commands of package.json, each of which works in a fresh clone with nothing done before it.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureEmulators } from './emulators/tools.mjs';
import { ensureBuilt, ensureInstalled } from './ensure.cjs';
import { root } from './root.mjs';

const [job, ...rest] = process.argv.slice(2);
const bin = (name) => join(root, 'node_modules', '.bin', name);
const strata = [process.execPath, [join(root, 'bin/strata.js')]];

const jobs = {
  start: { built: true, command: strata, args: ['start'] },
  test: { built: true, emulators: true, command: [bin('vitest'), ['run']], args: [] },
  lint: { built: false, command: [bin('biome'), ['check', '--error-on-warnings']], args: [] },
  types: { built: false, command: [bin('tsc'), ['--noEmit']], args: [] },
  bench: { built: true, command: [process.execPath, [join(root, 'bench/run.mjs')]], args: [] },
  build: { built: true },
};

const chosen = jobs[job];
if (!chosen) {
  process.stderr.write(`Unknown job "${job}". Known: ${Object.keys(jobs).join(', ')}\n`);
  process.exit(2);
}
ensureInstalled();
if (job === 'build') rmSync(join(root, 'dist'), { recursive: true, force: true });
if (chosen.built) await ensureBuilt();
if (chosen.emulators) await ensureEmulators();
if (job === 'build') (await import('./build-types.mjs')).buildTypes();
if (chosen.command) {
  const [file, args] = chosen.command;
  const done = spawnSync(file, [...args, ...chosen.args, ...rest], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  process.exit(done.status ?? 1);
}
