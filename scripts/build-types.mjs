// Writes dist/types: what TypeScript has to know of the package, which is index.ts and the files its signatures name.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from './root.mjs';

const options = [
  '--noEmit',
  'false',
  '--declaration',
  '--emitDeclarationOnly',
  '--rootDir',
  join(root, 'orchestrator'),
];

/** Declarations of every module are made, and those that index.d.ts leads to are kept. */
export function buildTypes() {
  const folder = mkdtempSync(join(tmpdir(), 'strata-types-'));
  try {
    const config = join(folder, 'tsconfig.json');
    writeFileSync(config, JSON.stringify(describeProgram()));
    const args = ['-p', config, ...options, '--outDir', folder];
    const tsc = join(root, 'node_modules/.bin/tsc');
    const done = spawnSync(tsc, args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
    if (done.status !== 0) throw new Error('The declarations cannot be made: see the lines above.');
    copyReachable(folder, 'index.ts', new Set());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function describeProgram() {
  const typeRoots = [join(root, 'node_modules/@types')];
  const files = [join(root, 'orchestrator/index.ts'), join(root, 'orchestrator/jinja/nunjucks.d.ts')];
  return { extends: join(root, 'tsconfig.json'), compilerOptions: { typeRoots }, include: [], files };
}

function copyReachable(folder, path, seen) {
  if (seen.has(path)) return;
  seen.add(path);
  const name = path.replace(/\.ts$/, '.d.ts');
  const text = readFileSync(join(folder, name), 'utf8');
  const target = join(root, 'dist/types', name);
  mkdirSync(dirname(target), { recursive: true });
  // Beside a declaration stands no source, so it is imported as the JavaScript it describes.
  writeFileSync(target, text.replaceAll(/(from ['"]\.[^'"]*)\.ts(['"])/g, '$1.js$2'));
  for (const [, next] of text.matchAll(/from ['"](\.[^'"]*)['"]/g))
    copyReachable(folder, join(dirname(path), next), seen);
}
