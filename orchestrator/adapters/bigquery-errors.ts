import { StrataError } from '../errors.ts';
import { redactSecrets } from './redact.ts';

/** What is known about the connection an error came from. */
export interface BigQueryPlace {
  readonly project: string;
  /** How the client logs in, for messages. */
  readonly method: string;
  readonly location: string | null;
  readonly secrets: readonly string[];
}

/** Why a request or a job failed: the fields read of what the client throws and of what a job says. */
export interface BigQueryFailure {
  readonly message: string;
  /** BigQuery's own word for it: notFound, invalidQuery, … */
  readonly reason: string;
  /** HTTP status; 0 where no answer came, or where a job says it. */
  readonly status: number;
  /** The system's word for a connection that failed: ECONNREFUSED, … */
  readonly errno: string;
}

/** A job's own words about its failure. */
interface ErrorProto {
  readonly reason?: string | null | undefined;
  readonly message?: string | null | undefined;
}

const transientStatuses: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);
const transientReasons: ReadonlySet<string> = new Set([
  'backendError',
  'internalError',
  'jobBackendError',
  'jobInternalError',
  'jobRateLimitExceeded',
  'rateLimitExceeded',
  'userRateLimitExceeded',
]);
const transientErrnos = /^(ECONNRESET|ECONNREFUSED|ETIMEDOUT|EPIPE|EAI_AGAIN|ERR_STREAM_PREMATURE_CLOSE)$/;

const hints: readonly (readonly [pattern: RegExp, hint: string])[] = [
  [/ECONNREFUSED/, 'Check "api_endpoint" in profiles.yml, or the network.'],
  [/ENOTFOUND|EAI_AGAIN/, 'Check the network, and "api_endpoint" in profiles.yml where it is set.'],
  [/default credentials/, 'Run "gcloud auth application-default login", or set "method" and a key in profiles.yml.'],
  [/ENOENT|key ?file/i, 'Check "keyfile" in profiles.yml.'],
  [/PEM|DECODER|private_key|client_email|not contain/i, 'Check the key: "keyfile" or "keyfile_json" in profiles.yml.'],
  [/invalid_grant|invalid_client/, 'The token or key was revoked or has expired: log in again, or make a new one.'],
  [/\b401\b|authError|UNAUTHENTICATED/, 'Log in again, or check the token or key that profiles.yml names.'],
  [
    /Not found: Project|accessNotConfigured|not been used/,
    'Check "project" in profiles.yml, and that BigQuery is enabled.',
  ],
  [/quotaExceeded/, 'Wait until the quota is renewed, or ask for a larger one in the project that pays for the jobs.'],
  [/bytesBilledLimitExceeded/, 'Raise "maximum_bytes_billed" in profiles.yml, or let the query read less.'],
  [/jobs\.create/, 'The account needs the role "BigQuery Job User" in the project that pays for the jobs.'],
  [/impersonat|getAccessToken|iamcredentials/i, 'The account needs "Service Account Token Creator" on the other one.'],
  [/accessDenied|PERMISSION_DENIED|\b403\b/, 'The account needs "BigQuery Data Editor" on the dataset it writes to.'],
  [/was not found in location/, 'Check the name; where it lies elsewhere, set "location" in profiles.yml.'],
  [/rateLimitExceeded/i, 'Lower --threads, or run again later.'],
  [/ETIMEDOUT|timeout/i, 'Check that the server is reachable.'],
];

/** What the client threw, as a failure. */
export function readFailure(error: unknown): BigQueryFailure {
  const fields: Readonly<Record<string, unknown>> = typeof error === 'object' && error !== null ? { ...error } : {};
  const first = Array.isArray(fields['errors']) ? readProto(fields['errors'][0]) : {};
  const code = fields['code'];
  const text = error instanceof Error ? error.message : String(error);
  return {
    message: first.message ?? text.trim(),
    reason: first.reason ?? '',
    status: typeof code === 'number' ? code : Number(fields['status']) || 0,
    errno: typeof code === 'string' ? code : '',
  };
}

/** What a job says it failed of. */
export function toFailure(proto: ErrorProto): BigQueryFailure {
  return { message: proto.message ?? 'BigQuery gives no reason.', reason: proto.reason ?? '', status: 0, errno: '' };
}

/** Whether the same request may succeed in a moment. */
export function isTransient({ status, reason, errno, message }: BigQueryFailure): boolean {
  return (
    transientStatuses.has(status) ||
    transientReasons.has(reason) ||
    transientErrnos.test(errno) ||
    (status === 0 && /socket hang up|network timeout/.test(message))
  );
}

/** Why nothing can be asked of BigQuery, and what to do. */
export function toConnectionError(failure: BigQueryFailure, place: BigQueryPlace): StrataError {
  const reason = redactSecrets(failure.message, place.secrets);
  const message = `BigQuery refuses project ${place.project} (method ${place.method}): ${reason}`;
  return new StrataError('connection-failed', message, {}, { hint: findHint(failure), cause: toCause(failure) });
}

/** What BigQuery says about a statement, with the line it points at, as psql shows it. */
export function toStatementError(failure: BigQueryFailure, sql: string, place: BigQueryPlace): StrataError {
  if (failure.reason === 'stopped') return toCancelled();
  if (isConnectionLost(failure)) return toConnectionError(failure, place);
  const lines = [failure.message, showPosition(sql, failure.message)].filter((line) => line !== '');
  const message = redactSecrets(lines.join('\n'), place.secrets);
  return new StrataError('database-error', message, {}, { hint: findHint(failure), cause: toCause(failure) });
}

/** The error of a statement that was stopped. */
export function toCancelled(): StrataError {
  return new StrataError('cancelled', 'The statement was cancelled.');
}

/** Whether the table was changed by somebody else at the same time, so that the statement may be run again. */
export function isConflict(error: unknown): boolean {
  if (!(error instanceof StrataError) || error.code !== 'database-error') return false;
  const { reason } = readProto(error.cause);
  return (
    transientReasons.has(reason ?? '') ||
    /Could not serialize access|due to concurrent update|Transaction is aborted/i.test(error.message)
  );
}

/** Whether something does not exist, or may not for all that this account is allowed to know. */
export function isNotFound(error: unknown): boolean {
  if (!(error instanceof StrataError)) return false;
  return readProto(error.cause).reason === 'notFound' || /it may not exist/.test(error.message);
}

function isConnectionLost({ status, reason, errno, message }: BigQueryFailure): boolean {
  if (errno !== '' || status === 401) return true;
  return status === 0 && reason === '' && /credentials|token|socket|network|invalid_grant|private.?key/i.test(message);
}

function findHint({ message, reason, status, errno }: BigQueryFailure): string | undefined {
  const said = `${errno} ${reason} ${status} ${message}`;
  return hints.find(([pattern]) => pattern.test(said))?.[1];
}

/** Never the client's own error: that one carries the request with its token. */
function toCause({ reason, status, errno }: BigQueryFailure) {
  return { reason: reason === '' && status === 404 ? 'notFound' : reason, status, code: errno };
}

/** The line that `… at [3:12]` means, with a caret below. */
function showPosition(sql: string, message: string): string {
  const [, line, column] = /\bat \[(\d+):(\d+)\]/.exec(message) ?? [];
  const text = sql.split('\n')[Number(line) - 1];
  if (text === undefined || column === undefined) return '';
  const label = `LINE ${line}: `;
  return `${label}${text}\n${' '.repeat(label.length + Number(column) - 1)}^`;
}

function readProto(value: unknown): ErrorProto {
  const fields: Readonly<Record<string, unknown>> = typeof value === 'object' && value !== null ? { ...value } : {};
  const read = (name: string) => (typeof fields[name] === 'string' ? fields[name] : undefined);
  return { reason: read('reason'), message: read('message') };
}
