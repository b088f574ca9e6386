import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { OnRunEvent, RunEvent } from './events.ts';

/** The name of the journal below the target folder. */
const journalFile = 'strata_journal.ndjson';

/**
 * A record of each node as it ends, one JSON object per line, that outlives a killed process: lines are appended whole,
 * so a reader has to distrust the last line only. A journal that cannot be written says so once and stays silent.
 */
export function openJournal(
  targetFolder: string,
  run: Readonly<Record<string, unknown>>,
  onLost: (error: Error) => void,
): OnRunEvent {
  const path = join(targetFolder, journalFile);
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
  write({ kind: 'run-start', ...run });
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
