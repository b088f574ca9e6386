import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openJournal } from '../../../orchestrator/run/journal.ts';
import { readFates } from '../../../orchestrator/run/past-runs.ts';

const id = '0a1b2c3d-0000-0000-0000-000000000000';
const now = () => new Date().toISOString();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strata-journal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function writeJournal(...lines: readonly unknown[]): void {
  const texts = lines.map((line) => (typeof line === 'string' ? line : `${JSON.stringify(line)}\n`));
  writeFileSync(join(folder, 'strata_journal.ndjson'), texts.join(''));
}

function start(options: Readonly<Record<string, unknown>> = {}) {
  return {
    kind: 'run-start',
    invocation_id: id,
    started_at: now(),
    process: deadProcess,
    host: hostname(),
    ...options,
  };
}

/** The number of a process that has ended. */
const deadProcess = spawnSync(process.execPath, ['-e', '']).pid;

describe('the fate of a run', () => {
  it('is over when the journal has its end, wherever it ran', () => {
    writeJournal(start({ host: 'elsewhere' }), { kind: 'run-end', invocation_id: id, cancelled: false });
    expect(readFates(folder)('0a1b2c3d')).toBe('over');
  });

  it('is over when its process is gone', () => {
    writeJournal(start());
    expect(readFates(folder)('0a1b2c3d')).toBe('over');
  });

  it('is over when a later process has its number', () => {
    writeJournal(start({ process: process.pid, started_at: '2001-01-01T00:00:00.000Z' }));
    expect(readFates(folder)('0a1b2c3d')).toBe('over');
  });

  it('is alive while its process is', () => {
    writeJournal(start({ process: process.ppid }));
    expect(readFates(folder)('0a1b2c3d')).toBe('alive');
  });

  it('is unknown for a run of another machine without an end, and for one that the journal does not have', () => {
    writeJournal(start({ host: 'elsewhere' }));
    expect([readFates(folder)('0a1b2c3d'), readFates(folder)('ffffffff')]).toEqual(['unknown', 'unknown']);
  });

  it('is unknown without a journal', () => {
    expect(readFates(join(folder, 'none'))('0a1b2c3d')).toBe('unknown');
  });

  it('is told although a killed run left half a line before it', () => {
    writeJournal('{"kind":"node-end","unique_id":"mod', start());
    expect(readFates(folder)('0a1b2c3d')).toBe('over');
  });

  it('is what the run itself wrote', () => {
    const journal = openJournal(folder, { invocation_id: id, started_at: now() }, () => undefined);
    expect(readFates(folder)('0a1b2c3d')).toBe('alive');
    journal({ kind: 'run-end', cancelled: false });
    expect(readFates(folder)('0a1b2c3d')).toBe('over');
  });
});
