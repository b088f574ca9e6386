import { rmSync } from 'node:fs';
import { basename } from 'node:path';
import type { Reporter } from './reporter.ts';

/**
 * Writes an artifact. A disk that is full or not ours is no reason to fail a command whose work is another: it warns,
 * and leaves no older artifact that could be taken for this run's.
 */
export function saveArtifact(path: string, write: () => void, reporter: Reporter): void {
  try {
    write();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    reporter.warn(`${basename(path)} could not be written: ${error.message}.`);
    discard(path);
  }
}

function isSystemError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error;
}

function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The same refusal, told already.
  }
}
