// Loads the command line with the code that V8 made of it in an earlier run of the same command, which spares a third of
// the time a small command takes. CommonJS, here and in the bundle: Node starts modules of the newer kind 30 ms later.
const { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { dirname, join } = require('node:path');
const { Script } = require('node:vm');

/** Runs a CommonJS file; its exports, and what keepCode() needs to know. V8 rejects code made under other flags of its own. */
function loadBundle(file, args) {
  const folder = codeFolder(file);
  const { name, cachedData } = findCode(folder, args);
  const source = `(function (exports, require, module, __filename) {${readFileSync(file, 'utf8')}\n})`;
  const script = new Script(source, { filename: file, cachedData });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file);
  return { exports: module.exports, script, folder, name: script.cachedDataRejected ? undefined : name };
}

/** Keeps the code for the next run of a command. Where dist/ cannot be written the next run is as slow. */
function keepCode({ script, folder, name }, command) {
  if (name === command) return;
  const path = join(folder, command);
  const temporary = `${path}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(temporary, script.createCachedData());
    renameSync(temporary, path);
  } catch {
    // The folder belongs to somebody else, or the disk is full: neither is the user's concern here.
  }
}

/** V8 knows its code by the length of the source alone, so the folder tells bundles apart, and versions of Node. */
function codeFolder(file) {
  const { size, mtimeMs } = statSync(file);
  return join(dirname(file), 'code', `${size}-${mtimeMs}-${process.version}-${process.arch}`);
}

function findCode(folder, args) {
  for (const word of [...args.filter((arg) => /^[a-z][a-z-]*$/.test(arg)), 'help']) {
    try {
      return { name: word, cachedData: readFileSync(join(folder, word)) };
    } catch {
      // No code was kept under this word.
    }
  }
  return {};
}

module.exports = { keepCode, loadBundle };
