import { setTimeout } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import type { ConnectOptions } from './adapter.ts';
import { isLocked } from './duckdb-errors.ts';

/** How long a file that another process has open is waited for: looking at a table takes less. */
const patienceMs = 3_000;
const pauseMs = 150;

/**
 * Opens a database file, once per process. DuckDB locks it for the process that writes; one that somebody else looks
 * into for a moment is waited for. Whoever only reads may read beside others that only read, and what may only be read.
 */
export async function openFile(
  path: string,
  settings: Readonly<Record<string, string>>,
  { readsOnly = false }: ConnectOptions,
): Promise<DuckDBInstance> {
  const until = Date.now() + patienceMs;
  for (;;) {
    try {
      return await DuckDBInstance.fromCache(path, settings);
    } catch (error) {
      const opened = readsOnly ? await openToRead(path, settings) : null;
      if (opened !== null) return opened;
      if (!isLocked(error) || Date.now() > until) throw error;
    }
    await setTimeout(pauseMs);
  }
}

/** Null where it cannot be opened so either: why not in the first place says more. */
async function openToRead(path: string, settings: Readonly<Record<string, string>>): Promise<DuckDBInstance | null> {
  try {
    return await DuckDBInstance.fromCache(path, { ...settings, access_mode: 'READ_ONLY' });
  } catch {
    return null;
  }
}
