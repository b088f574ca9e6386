// Python programs that tests need, each in a folder of its own below .emulators/: installed once per list of versions, by
// whoever comes first, while the others wait. Nothing but the tests asks for Python.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../root.mjs';

const home = join(root, '.emulators');
const oldestPython = [3, 11];
/** How long a failed installation is believed, so that files which start together do not all wait for the network. */
const failureLasts = 10 * 60_000;

/**
 * The tool's Python and its folder, or the reason why there is none. Talk goes to stderr.
 * @param {{ name: string, title: string, requirements: string, finish?: string }} tool
 */
export async function ensurePythonTool(tool) {
  const requirements = readFileSync(join(root, tool.requirements), 'utf8');
  const version = createHash('sha256').update(`${requirements}\0${tool.finish}`).digest('hex').slice(0, 8);
  const folder = join(home, `${tool.name}-${version}`);
  const ready = { folder, python: pythonOf(folder) };
  if (existsSync(folder)) return ready;
  const base = findPython();
  if (base === undefined) return { reason: `Python ${oldestPython.join('.')} or later is not installed` };
  mkdirSync(home, { recursive: true });
  return holdLock(`${folder}.lock`, async () => {
    if (existsSync(folder)) return ready;
    const reason = recentFailure(folder) ?? (await install(tool, base, folder));
    return reason === undefined ? ready : { reason };
  });
}

/** Installs aside and renames, so that a folder that exists is whole. Returns why it failed. */
async function install(tool, base, folder) {
  process.stderr.write(`Installing ${tool.title} for the tests (once; about a minute)…\n`);
  const draft = `${folder}.draft`;
  rmSync(draft, { recursive: true, force: true });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--retries', '1'];
  const env = withoutPython(process.env);
  const steps = [
    [base, ['-m', 'venv', draft], env],
    [pythonOf(draft), [...pip, '--requirement', join(root, tool.requirements)], env],
    ...(tool.finish === undefined ? [] : [[pythonOf(draft), ['-c', tool.finish], environmentOf(draft)]]),
  ];
  mkdirSync(join(draft, 'home'), { recursive: true });
  for (const [file, args, environment] of steps) {
    const failure = await run(file, args, environment);
    if (failure === undefined) continue;
    rmSync(draft, { recursive: true, force: true });
    const reason = `${tool.title} could not be installed: ${failure}`;
    writeFileSync(`${folder}.failed`, reason);
    return reason;
  }
  renameSync(draft, folder);
}

/** The last line a command said where it failed. */
function run(file, args, env) {
  const child = spawn(file, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code) => resolve(code === 0 ? undefined : lastLine(said, code)));
  });
}

function lastLine(said, code) {
  return said.trim().split('\n').at(-1)?.replace(/\.$/, '') || `exit code ${code}`;
}

/** The environment a tool runs in: its home is its own, so that it writes nowhere else. */
export function environmentOf(folder) {
  return { ...withoutPython(process.env), HOME: join(folder, 'home') };
}

/** Settings of another Python must not reach the tool's. */
function withoutPython({ PYTHONPATH: _path, PYTHONHOME: _home, VIRTUAL_ENV: _active, ...rest }) {
  return { ...rest, PYTHONNOUSERSITE: '1', PYTHONUNBUFFERED: '1' };
}

function recentFailure(folder) {
  const file = `${folder}.failed`;
  if (!existsSync(file) || Date.now() - statSync(file).mtimeMs > failureLasts) return undefined;
  return readFileSync(file, 'utf8');
}

function pythonOf(folder) {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}

function findPython() {
  const program = `import sys, venv; sys.exit(sys.version_info < (${oldestPython.join(', ')}))`;
  return ['python3', 'python'].find((name) => spawnSync(name, ['-c', program], { stdio: 'ignore' }).status === 0);
}

/** Does work that no other process does at the same time. The lock of a process that died is taken over. */
async function holdLock(folder, work) {
  while (!takeLock(folder)) {
    if (!isOwnerAlive(folder)) rmSync(folder, { recursive: true, force: true });
    else await sleep(200);
  }
  try {
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function takeLock(folder) {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  writeFileSync(join(folder, 'pid'), String(process.pid));
  return true;
}

function isOwnerAlive(folder) {
  try {
    const owner = readFileSync(join(folder, 'pid'), 'utf8');
    process.kill(Number(owner), 0);
    return true;
  } catch (error) {
    // Without its pid file a lock has just been taken, unless it is old.
    if (error.code === 'EPERM') return true;
    return error.code === 'ENOENT' && existsSync(folder) && Date.now() - statSync(folder).mtimeMs < 5_000;
  }
}
