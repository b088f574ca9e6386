import { StrataError } from '../errors.ts';
import { redactSecrets } from './redact.ts';

/** What DuckDB says about a statement, without secrets. An interrupted statement is `cancelled`. */
export function toStatementError(error: unknown, secrets: readonly string[]): StrataError {
  if (error instanceof StrataError) return error;
  const message = redactSecrets(readMessage(error), secrets).trim();
  if (message.startsWith('INTERRUPT Error')) return new StrataError('cancelled', 'The statement was cancelled.');
  return new StrataError('database-error', message, {}, { hint: findHint(message) });
}

/** Whether two transactions wrote the same thing, so that the one that lost may be run again. */
export function isConflict(error: unknown): boolean {
  return (
    error instanceof StrataError &&
    error.code === 'database-error' &&
    /^TransactionContext Error:.*(write-write conflict|conflict on (update|tuple deletion)|transaction conflict)/i.test(
      error.message,
    )
  );
}

/** Whether another process has a database file open. */
export function isLocked(error: unknown): boolean {
  return lockHolder.test(readMessage(error));
}

const lockHolder = /lock is held in (.*?)\s*\(PID (\d+)\)/;

/** Why a database file cannot be opened, and what to do. */
export function toConnectionError(error: unknown, path: string, secrets: readonly string[]): StrataError {
  const reason = redactSecrets(readMessage(error), secrets).trim();
  const holder = lockHolder.exec(reason);
  if (holder !== null) {
    const [, program = '', pid = ''] = holder;
    return new StrataError(
      'connection-failed',
      `DuckDB file ${path} is locked by another process (${program}, PID ${pid}).`,
      {},
      { hint: 'Wait until that process ends or close it; one process at a time can write a DuckDB file.' },
    );
  }
  const hint = /not a valid DuckDB database file/i.test(reason)
    ? 'Set "path" in profiles.yml to a DuckDB file, or to a file that does not exist yet.'
    : 'Check "path" in profiles.yml and that its folder can be written.';
  return new StrataError('connection-failed', `DuckDB cannot open ${path}: ${reason}`, {}, { hint });
}

/** What DuckDB says about an extension, an attached database or a setting of the profile. */
export function toSetUpError(error: unknown, statement: string): unknown {
  if (!(error instanceof StrataError) || error.code !== 'database-error') return error;
  const kind = statement.startsWith('set ') ? 'settings' : statement.startsWith('attach ') ? 'attach' : 'extensions';
  const reason = error.message.replace(/\s*\n\s*/g, ' ').replace(/\.$/, '');
  const hint = `Check "${kind}" in profiles.yml.`;
  return new StrataError('connection-failed', `DuckDB cannot be set up as the profile says: ${reason}.`, {}, { hint });
}

function findHint(message: string): string | undefined {
  if (/Out of Memory Error/i.test(message))
    return 'Lower --threads or raise memory_limit in the settings of the profile.';
  if (/No space left on device/i.test(message))
    return 'Free space on the disk and run again; published tables are whole.';
  return undefined;
}

function readMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
