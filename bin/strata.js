#!/usr/bin/env node
import { existsSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Node 22 and later keep compiled code between runs; 20 has no such thing.
module.enableCompileCache?.();

const home = join(dirname(fileURLToPath(import.meta.url)), '..');
// In a clone the sources lie beside this file: install and bundle them when they changed. A package has only dist/.
if (existsSync(join(home, 'orchestrator'))) {
  const { ensureBuilt, ensureInstalled } = await import('../scripts/ensure.mjs');
  ensureInstalled();
  await ensureBuilt();
}
const { main } = await import('../dist/strata.js');
await main(process.argv.slice(2));
