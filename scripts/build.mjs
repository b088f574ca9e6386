// Bundles the command line: one entry, a chunk per lazily imported command or warehouse. Packages of plain JavaScript go
// in, since a start that opens a few files takes half the time of one that opens hundreds; those with binaries stay out.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
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
    external: ['@duckdb/node-api', 'pg-native'],
    // Packages in CommonJS call require() for Node's own modules.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
    legalComments: 'none',
    metafile: true,
    define: { STRATA_VERSION: JSON.stringify(version) },
    logLevel: 'warning',
  });
  cpSync(join(root, 'orchestrator/render/builtin'), join(root, 'dist/builtin'), { recursive: true });
  writeFileSync(join(root, 'dist/THIRD-PARTY-LICENSES.txt'), collectLicenses(Object.keys(metafile.inputs)));
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

/** The licence of every package whose code is in the bundle. */
function collectLicenses(inputs) {
  const packages = new Set(inputs.flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []));
  return [...packages].sort().map(describePackage).join('\n');
}

function describePackage(name) {
  const folder = join(root, 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file !== undefined && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : '';
  return `${name} ${version} (${license})\n${text}`;
}
