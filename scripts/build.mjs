// Bundles the command line: one entry, a chunk per lazily imported command or warehouse, packages left outside.
import { cpSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

const hourMs = 3_600_000;

/**
 * Writes dist/. Chunks are named by their content and old ones stay for an hour, so a command that is running, or another
 * one that bundles at the same moment, finds what it needs.
 */
export async function build() {
  const { build: bundle } = await import('esbuild');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { metafile } = await bundle({
    absWorkingDir: root,
    entryPoints: { strata: 'orchestrator/cli/main.ts', index: 'orchestrator/index.ts' },
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    metafile: true,
    define: { STRATA_VERSION: JSON.stringify(version) },
    logLevel: 'warning',
  });
  cpSync(join(root, 'orchestrator/render/builtin'), join(root, 'dist/builtin'), { recursive: true });
  removeOldChunks(new Set(Object.keys(metafile.outputs).map((path) => path.replace(/^dist\//, ''))));
}

function removeOldChunks(current) {
  const dist = join(root, 'dist');
  for (const file of readdirSync(dist)) {
    const path = join(dist, file);
    const isOld = file.endsWith('.js') && !current.has(file) && Date.now() - statSync(path).mtimeMs > hourMs;
    if (isOld) rmSync(path, { force: true });
  }
}
