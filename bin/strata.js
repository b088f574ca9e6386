#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = join(dirname(fileURLToPath(import.meta.url)), '..');
// In a clone the sources lie beside this file: install and bundle them when they changed. A package has only dist/.
if (existsSync(join(home, 'orchestrator'))) {
  const { ensureBuilt, ensureInstalled } = await import('../scripts/ensure.mjs');
  ensureInstalled();
  await ensureBuilt();
}
const { main } = await import('../dist/strata.js');
await main(process.argv.slice(2));
