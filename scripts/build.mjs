// Bundles the command line: one entry, a chunk per lazily imported command or warehouse, packages left outside.
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/** Bundles into a folder that is empty or not there yet. */
export async function build(outdir) {
  const { build: bundle } = await import('esbuild');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  await bundle({
    absWorkingDir: root,
    entryPoints: { strata: 'orchestrator/cli/main.ts', index: 'orchestrator/index.ts' },
    outdir,
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
  cpSync(join(root, 'orchestrator/render/builtin'), join(outdir, 'builtin'), { recursive: true });
}
