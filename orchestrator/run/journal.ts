import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { OnRunEvent, RunEvent } from './events.ts';

/** The journal of a target folder. */
export function journalPath(targetFolder: string): string {
  return join(targetFolder, 'strata_journal.ndjson');
}

/**
 * A record of each node as it ends, one JSON object per line, that outlives a killed process: lines are appended whole,
 * so a reader has to distrust the last line only. A run tells its process and machine, so that another can tell whether it
 * is still at work. A journal that cannot be written says so once and stays silent.
 */
export function openJournal(
  targetFolder: string,
  run: Readonly<Record<string, unknown>>,
  onLost: (error: Error) => void,
): OnRunEvent {
  const path = journalPath(targetFolder);
  let file: number | null = null;
  let isLost = false;
  const attempt = (work: () => void): void => {
    if (isLost) return;
    try {
      work();
    } catch (error) {
      isLost = true;
      onLost(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const write = (entry: unknown): void =>
    attempt(() => {
      file ??= openSync(path, 'a');
      writeSync(file, `${JSON.stringify(entry)}\n`);
    });
  attempt(() => mkdirSync(targetFolder, { recursive: true }));
  write({ kind: 'run-start', ...run, process: process.pid, host: hostname() });
  return (event) => {
    const entry = toEntry(event);
    if (entry !== null) write({ ...entry, invocation_id: run['invocation_id'] });
    if (event.kind === 'run-end' && file !== null) {
      closeSync(file);
      file = null;
    }
  };
}

function toEntry(event: RunEvent): Readonly<Record<string, unknown>> | null {
  if (event.kind === 'run-end') return { kind: 'run-end', cancelled: event.cancelled };
  if (event.kind !== 'node-end') return null;
  const { uniqueId, status, message, executionTime } = event.result;
  return { kind: 'node-end', unique_id: uniqueId, status, message, execution_time: executionTime };
}
