import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Bundles a script of the tests so that a process of its own can run it; gives its path and how to remove it. */
export async function bundleScript(source: URL): Promise<{ readonly path: string; readonly remove: () => void }> {
  const folder = fileURLToPath(new URL(`../../../.strata/tests-${process.pid}/`, import.meta.url));
  mkdirSync(folder, { recursive: true });
  const path = `${folder}script.mjs`;
  await build({
    entryPoints: [fileURLToPath(source)],
    outfile: path,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
