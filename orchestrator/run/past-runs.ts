import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { isMapping } from '../manifest/json.ts';
import { shortInvocation } from '../materialize/temporary-name.ts';
import { journalPath } from './journal.ts';

/** What became of a run: `unknown` where the journal does not tell it, or it ran on another machine and has no end. */
export type RunFate = 'over' | 'alive' | 'unknown';

interface RunStart {
  readonly id: string;
  readonly process: number;
  readonly host: string;
  readonly startedAt: number;
}

/** Reads the journal of a target folder and tells the fate of a run by the part of its id that names carry. */
export function readFates(targetFolder: string): (shortId: string) => RunFate {
  const starts: RunStart[] = [];
  const ended = new Set<string>();
  for (const entry of readEntries(journalPath(targetFolder))) {
    const id = String(entry['invocation_id']);
    if (entry['kind'] === 'run-end') ended.add(id);
    else starts.push(toStart(id, entry));
  }
  return (shortId) => {
    const runs = starts.filter(({ id }) => shortInvocation(id) === shortId);
    const fates = runs.map((run) => (ended.has(run.id) ? 'over' : findFate(run)));
    if (fates.includes('alive')) return 'alive';
    return fates.length === 0 || fates.includes('unknown') ? 'unknown' : 'over';
  };
}

/** Starts and ends only. A killed run may have left half a line, which the next run's first then follows. */
function readEntries(path: string): readonly Readonly<Record<string, unknown>>[] {
  const lines = readText(path)
    .split('\n')
    .filter((line) => /"kind":"run-(start|end)"/.test(line));
  return lines.map(parseLine).filter((entry) => entry !== null);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function parseLine(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const entry: unknown = JSON.parse(line.slice(line.lastIndexOf('{"kind"')));
    return isMapping(entry) ? entry : null;
  } catch {
    return null;
  }
}

function toStart(id: string, entry: Readonly<Record<string, unknown>>): RunStart {
  const startedAt = Date.parse(String(entry['started_at']));
  return { id, process: Number(entry['process']), host: String(entry['host']), startedAt };
}

/** A number of a process may be given again: what began before this process with its number was another. */
function findFate(run: RunStart): RunFate {
  if (run.host !== hostname() || !Number.isInteger(run.process)) return 'unknown';
  if (run.process !== process.pid) return isRunning(run.process) ? 'alive' : 'over';
  return run.startedAt < Date.now() - process.uptime() * 1000 ? 'over' : 'alive';
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // A process of somebody else may not be signalled, and is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
