import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { environmentOf, type Installed } from '../../scripts/emulators/python-tool.mjs';
import { ensureEmulator } from '../../scripts/emulators/tools.mjs';

/** A warehouse that a program of our tests plays, on this machine. */
export interface Emulator {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** What can be started, or why it cannot: tests on it are skipped and say so. */
export type Availability =
  | { readonly start: () => Promise<Emulator>; readonly reason?: never }
  | { readonly reason: string };

const folder = fileURLToPath(new URL('../../scripts/emulators/', import.meta.url));
const startLimit = 60_000;

/** Installs an emulator where that was not done yet. The reason why it cannot be had is printed. */
export async function findEmulator(name: 'bigquery' | 'snowflake'): Promise<Availability> {
  const installed = await ensureEmulator(name);
  if (installed.reason === undefined) return { start: () => startServer(installed, `${name}_server.py`) };
  process.stderr.write(`Tests on the ${name} emulator are skipped: ${installed.reason}.\n`);
  return installed;
}

/** Starts a server that ends with this process, since its standard input does. */
async function startServer({ folder: home, python }: Installed, program: string): Promise<Emulator> {
  const env = environmentOf(home);
  const child = spawn(python, [program], { cwd: folder, env, stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  return { port: await readPort(child), stop };
}

function readPort({ stdout, stderr }: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = '';
    const fail = () => reject(new Error(`The emulator did not start:\n${said}`));
    const timer = setTimeout(fail, startLimit);
    stderr?.on('data', (data) => {
      said = `${said}${data}`.slice(-10_000);
    });
    stdout?.once('close', fail);
    stdout?.on('data', (data) => {
      said = `${said}${data}`.slice(-10_000);
      const port = /^listening on (\d+)$/m.exec(said)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
  });
}
