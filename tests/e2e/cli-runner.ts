import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../bin/strata.js', import.meta.url));

/** What a process wrote and how it ended. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** An empty folder to run `strata` in, with a home folder of its own so that no profile of the user is found. */
export class Sandbox {
  readonly folder = mkdtempSync(join(tmpdir(), 'strata-cli-'));
  readonly work = join(this.folder, 'work');

  constructor(files: Readonly<Record<string, string>> = {}) {
    mkdirSync(this.work);
    this.write(files);
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.work, path)), { recursive: true });
      writeFileSync(join(this.work, path), text);
    }
  }

  /** Starts `strata` with the words of a line; quoted parts stay one word. */
  run(
    line: string,
    options: {
      readonly env?: Record<string, string>;
      readonly killAfter?: number;
      readonly killOn?: Promise<unknown>;
    } = {},
  ): Promise<Outcome> {
    const args = (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''));
    const env = { PATH: process.env['PATH'] ?? '', HOME: this.folder, ...options.env };
    const child = spawn(process.execPath, [bin, ...args], { cwd: this.work, env });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data) => {
      stdout += data;
    });
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    options.killOn?.then(() => child.kill('SIGINT'));
    if (options.killAfter !== undefined) setTimeout(() => child.kill('SIGINT'), options.killAfter);
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Takes out what differs from run to run: times. */
export function withoutTimes(text: string): string {
  return text.replace(/\d+\.\d\ds/g, 'N.NNs');
}
