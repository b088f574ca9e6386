#!/usr/bin/env node
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { keepCode, loadBundle } = require('./load-bundle.js');

const home = join(__dirname, '..');

async function run(args) {
  // In a clone the sources lie beside this file: install and bundle them when they changed. A package has only dist/.
  if (existsSync(join(home, 'orchestrator'))) {
    const { ensureBuilt, ensureInstalled } = require('../scripts/ensure.cjs');
    ensureInstalled();
    await ensureBuilt();
  }
  const bundle = loadBundle(join(home, 'dist/strata.cjs'), args);
  const command = await bundle.exports.main(args);
  if (command !== undefined) keepCode(bundle, command);
}

run(process.argv.slice(2));
