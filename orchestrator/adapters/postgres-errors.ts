import { StrataError } from '../errors.ts';
import { redactSecrets } from './redact.ts';

/** What is known about the connection an error came from. */
export interface ConnectionPlace {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly dbname: string;
  readonly secrets: readonly string[];
}

/** The fields of a server's or socket's error that are read here. */
interface ErrorFields {
  readonly message: string;
  readonly code: string;
  readonly detail: string;
  readonly hint: string;
  /** Which line and column of the rows loaded, or which function the error came from. */
  readonly where: string;
  readonly position: number;
  /** The server itself answered, so the connection is whole. */
  readonly isFromServer: boolean;
}

const QUERY_CANCELED = '57014';
const lostCodes = /^(57P0[123]|08...)$/;

const connectionHints: readonly (readonly [pattern: RegExp, hint: string])[] = [
  [/ECONNREFUSED/, 'Start the server, or check "host" and "port" in profiles.yml.'],
  [/ENOTFOUND|EAI_AGAIN/, 'Check "host" in profiles.yml.'],
  [/28P01|28000|SASL|no password/, 'Check "user" and "password" in profiles.yml, and the server\'s pg_hba.conf.'],
  [/22023/, 'Check "role" and "search_path" in profiles.yml.'],
  [/3D000/, 'Check "dbname" in profiles.yml, or create the database.'],
  [/53300/, 'Lower --threads, or raise max_connections of the server.'],
  [/ENOENT/, 'Check "sslrootcert", "sslcert" and "sslkey" in profiles.yml.'],
  [/SSL|certificate/i, 'Check "sslmode" and the certificates in profiles.yml.'],
  [/timeout|ETIMEDOUT/i, 'Check that the server is reachable, or raise "connect_timeout" in profiles.yml.'],
];

/** What Postgres says about a statement, without secrets, laid out as psql does. */
export function toStatementError(error: unknown, sql: string, place: ConnectionPlace): StrataError {
  if (error instanceof StrataError) return error;
  const fields = readFields(error);
  if (fields.code === QUERY_CANCELED) return new StrataError('cancelled', 'The statement was cancelled.');
  if (!fields.isFromServer || lostCodes.test(fields.code)) return toLostError(fields, place);
  const lines = [fields.message, showPosition(sql, fields.position), fields.detail, fields.where].filter(
    (line) => line !== '',
  );
  const message = redactSecrets(lines.join('\n'), place.secrets);
  const hint = fields.hint === '' ? undefined : redactSecrets(fields.hint, place.secrets);
  return new StrataError('database-error', message, {}, { hint, cause: { code: fields.code } });
}

/** Why no connection can be made, and what to do. */
export function toConnectionError(error: unknown, place: ConnectionPlace): StrataError {
  if (error instanceof StrataError) return error;
  const fields = readFields(error);
  const reason = redactSecrets(fields.message === '' ? fields.code : fields.message, place.secrets);
  const where = `${place.user}@${place.host}:${place.port}/${place.dbname}`;
  const [, hint] = connectionHints.find(([pattern]) => pattern.test(`${fields.code} ${reason}`)) ?? [];
  return new StrataError(
    'connection-failed',
    `Postgres refuses ${where}: ${reason}`,
    {},
    { hint, cause: { code: fields.code } },
  );
}

/**
 * Whether two transactions were in each other's way: serialization failures, deadlocks, lock timeouts, the same catalog
 * entry made twice at once, which `if not exists` does not prevent, and a table that came to be, went, or found a
 * reader meanwhile.
 */
export function isConflict(error: unknown): boolean {
  if (!(error instanceof StrataError) || error.code !== 'database-error') return false;
  const { code } = readFields(error.cause);
  return (
    /^(40001|40P01|55P03|42P07|42710|2BP01)$/.test(code) ||
    (code === '23505' && /"pg_[a-z_]+_index"/.test(error.message)) ||
    (code === 'XX000' && /tuple concurrently|could not open relation with OID/.test(error.message))
  );
}

/** Whether waiting may help: the server starts, is full, or the network failed. */
export function isTransient(error: unknown): boolean {
  return /^(57P03|53300|ECONNRESET|ECONNREFUSED|ETIMEDOUT|EPIPE|EAI_AGAIN)$/.test(readFields(error).code);
}

function toLostError(fields: ErrorFields, place: ConnectionPlace): StrataError {
  const reason = redactSecrets(fields.message, place.secrets);
  const message = `The connection to Postgres at ${place.host}:${place.port} was lost: ${reason}`;
  const hint = 'The open transaction was rolled back by the server; published tables are whole. Run again.';
  return new StrataError('connection-failed', message, {}, { hint, cause: { code: fields.code } });
}

/** The line an error points at with a caret below; positions count characters from 1. */
function showPosition(sql: string, position: number): string {
  if (position < 1) return '';
  const before = [...sql].slice(0, position - 1).join('');
  const line = before.split('\n').length;
  const text = sql.split('\n')[line - 1] ?? '';
  const column = [...before].length - [...before].lastIndexOf('\n') - 1;
  const label = `LINE ${line}: `;
  return `${label}${text}\n${' '.repeat(label.length + column)}^`;
}

function readFields(error: unknown): ErrorFields {
  const source: Readonly<Record<string, unknown>> = typeof error === 'object' && error !== null ? { ...error } : {};
  const first = error instanceof AggregateError ? error.errors[0] : undefined;
  const message = error instanceof Error ? error.message : String(error);
  const read = (name: string) => (typeof source[name] === 'string' ? source[name] : '');
  return {
    message: message === '' && first instanceof Error ? first.message : message,
    code: read('code'),
    detail: read('detail'),
    hint: read('hint'),
    where: read('where'),
    position: Number(read('position')) || 0,
    isFromServer: read('severity') !== '',
  };
}
