#!/usr/bin/env node
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { setFlagsFromString } = require('node:v8');
const { keepCode, loadBundle } = require('./load-bundle.js');

const home = join(__dirname, '..');

// Node 20 begins early to optimize what runs often, on a second core. Most commands are over before that pays, and the
// warehouse in this process wants the core. Later versions have a cheaper compiler in between.
if (process.version.startsWith('v20.')) setFlagsFromString('--interrupt-budget=600000');

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
