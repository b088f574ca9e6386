// Runs one command as a whole process: seconds and peak memory.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Runs a command to its end. Peak memory comes from /proc where there is one. Throws when the command fails. */
export function measure(command, { cwd, env = {}, allowed = [0] } = {}) {
  const [file, ...args] = command;
  return new Promise((resolve, reject) => {
    const start = process.hrtime.bigint();
    const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (part) => (output += part));
    child.stderr.on('data', (part) => (output += part));
    let peak = 0;
    const timer = setInterval(() => (peak = Math.max(peak, peakMegabytes(child.pid))), 15);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(timer);
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      if (!allowed.includes(code)) reject(new Error(`${command.join(' ')} exited ${code}\n${output.slice(-2000)}`));
      else resolve({ seconds, megabytes: peak });
    });
  });
}

/** Peak memory of a process and its children so far, in MB; 0 where /proc does not tell. */
function peakMegabytes(pid) {
  try {
    const kilobytes = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
    return kilobytes / 1024 + children.reduce((sum, child) => sum + peakMegabytes(child), 0);
  } catch {
    return 0;
  }
}

/** The median of several runs. `before` prepares each run and is not timed. */
export async function median(runs, before, command, options) {
  const results = [];
  for (let run = 0; run < runs; run += 1) {
    await before();
    results.push(await measure(command, options));
  }
  results.sort((a, b) => a.seconds - b.seconds);
  return results[Math.floor(results.length / 2)];
}
