// Bundles the command line into one file, with the packages of plain JavaScript it uses: a start that opens one file takes
// half the time of one that opens hundreds. Packages with binaries stay out.
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/** Writes dist/. The bundle is replaced whole, so that a command that starts at the same moment finds one or the other. */
export async function build() {
  const { build: bundle } = await import('esbuild');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const temporary = `dist/strata.${process.pid}.cjs`;
  const { metafile } = await bundle({
    absWorkingDir: root,
    entryPoints: ['orchestrator/index.ts'],
    outfile: temporary,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    external: ['@duckdb/node-api', '@google-cloud/bigquery', 'snowflake-sdk', 'pg-native'],
    supported: { 'dynamic-import': false },
    banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
    legalComments: 'none',
    metafile: true,
    define: { STRATA_VERSION: JSON.stringify(version), 'import.meta.url': 'bundleUrl' },
    logLevel: 'warning',
  });
  cpSync(join(root, 'orchestrator/render/builtin'), join(root, 'dist/builtin'), { recursive: true });
  writeFileSync(join(root, 'dist/THIRD-PARTY-LICENSES.txt'), collectLicenses(Object.keys(metafile.inputs)));
  renameSync(join(root, temporary), join(root, 'dist/strata.cjs'));
  rmSync(join(root, 'dist/code'), { recursive: true, force: true });
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
