// Makes a clone ready to run: packages installed as the lockfile says, the command line bundled from today's sources.
// When nothing changed this costs a few dozen file stats.
const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { existsSync, readdirSync, readFileSync, statSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');

const installedStamp = join(root, 'node_modules', '.strata-installed');
const builtStamp = join(root, 'dist', '.built');

/** Installs packages when node_modules does not match package-lock.json. Talk goes to stderr. */
function ensureInstalled() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (read(installedStamp) === wanted) return;
  process.stderr.write('Installing packages (once; about a minute)…\n');
  const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (done.status !== 0) {
    process.stderr.write('npm ci failed: see the lines above. Is the package registry reachable?\n');
    process.exit(2);
  }
  writeFileSync(installedStamp, wanted);
}

/** Bundles orchestrator/ into dist/ when a source is newer than the last bundle. */
async function ensureBuilt() {
  const wanted = fingerprint();
  if (read(builtStamp) === wanted) return;
  const { build } = await import('./build.mjs');
  await build();
  writeFileSync(builtStamp, wanted);
}

function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** Path, size and modification time of every source, as one hash. */
function fingerprint() {
  const hash = createHash('sha256');
  const visit = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else {
        const { size, mtimeMs } = statSync(path);
        hash.update(`${path}\0${size}\0${mtimeMs}\n`);
      }
    }
  };
  visit(join(root, 'orchestrator'));
  for (const file of ['package.json', 'scripts/build.mjs']) hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

module.exports = { ensureBuilt, ensureInstalled };
