// Bundles the command line: one entry, a chunk per lazily imported command or warehouse, packages left outside.
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

export async function build() {
  const { build: bundle } = await import('esbuild');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  await bundle({
    absWorkingDir: root,
    entryPoints: { strata: 'orchestrator/cli/main.ts', index: 'orchestrator/index.ts' },
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: 'linked',
    define: { STRATA_VERSION: JSON.stringify(version) },
    logLevel: 'warning',
  });
  cpSync(join(root, 'orchestrator/render/builtin'), join(root, 'dist/builtin'), { recursive: true });
}
