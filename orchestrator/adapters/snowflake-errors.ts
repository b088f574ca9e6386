import { StrataError } from '../errors.ts';
import { redactSecrets } from './redact.ts';

/** What is known about the connection an error came from. */
export interface SnowflakePlace {
  readonly account: string;
  readonly address: string;
  readonly user: string;
  readonly secrets: readonly string[];
}

/** The fields of the client's errors that are read here. */
interface ErrorFields {
  readonly message: string;
  /** Six digits: Snowflake's for what the server says, the client's own from 400000. */
  readonly code: string;
  readonly sqlState: string;
  /** The server itself answered about the statement. */
  readonly isFromServer: boolean;
  /** Of the HTTP answer; 0 where there was none. */
  readonly status: number;
}

const CANCELED = '000604';
/** The session or its tokens are gone, or the client has given its connection up. */
const goneCodes = /^(39010[14]|39011[0-9]|390195|40700[12])$/;
/** The server or the storage of results and stages did not answer. */
const unreachedCodes = /^40[12]\d{3}$/;
/** Waiters for a lock beyond what Snowflake queues, and locks not given in time. */
const conflictCodes = /^(000625|000654|000684)$/;

const statementHints: readonly (readonly [code: RegExp, hint: string])[] = [
  [/^000606$/, 'Set "warehouse" in profiles.yml, and grant usage on it to the role.'],
  [/^000630$/, 'Raise STATEMENT_TIMEOUT_IN_SECONDS for the user or the warehouse, or give it a larger one.'],
  [/^(000608|000607)$/, 'Grant operate on the warehouse to the role, or resume it.'],
  [/^090105$/, 'Set "database" and "schema" in profiles.yml.'],
  [/^003001$/, 'Grant the privilege to the role named in profiles.yml.'],
];

const connectionHints: readonly (readonly [pattern: RegExp, hint: string])[] = [
  [/^390100 /, 'Check "account", "user" and "password" in profiles.yml.'],
  [/^390144 /, 'Check "private_key_path" in profiles.yml, and that its public half is set on the user.'],
  [/^(390127|390128|390129|394508|394507) |MFA|passcode/i, 'Set "authenticator: username_password_mfa" or "passcode".'],
  [/^(390303|390318|390302|394400) /, 'The token is wrong or has expired: get another for "token" in profiles.yml.'],
  [/^(390189|390186|390201) /, 'Check "role", "database" and "warehouse" in profiles.yml, and their grants.'],
  [/^(390422|390420) |not allowed to access/i, "The account's network policy does not admit this address."],
  [/ENOTFOUND|EAI_AGAIN|^401002 .*40[34]|404/, 'Check "account" (organization-account) or "host" in profiles.yml.'],
  [/ECONNREFUSED/, 'Check "host" and "port" in profiles.yml.'],
  [/certificate|SSL|TLS/i, 'Check "host" and "protocol" in profiles.yml, and the certificates this machine trusts.'],
  [
    /timeout|ETIMEDOUT|ECONNABORTED|401001/i,
    'Check that the account can be reached from here, or raise connect_retries.',
  ],
];

/** What Snowflake says about a statement, without secrets. */
export function toStatementError(error: unknown, place: SnowflakePlace): StrataError {
  if (error instanceof StrataError) return error;
  const fields = readFields(error);
  const cause = { code: fields.code, sqlState: fields.sqlState };
  if (fields.code === CANCELED) return new StrataError('cancelled', 'The statement was cancelled.', {}, { cause });
  if (goneCodes.test(fields.code) || unreachedCodes.test(fields.code)) return toLostError(fields, place);
  const hint = statementHints.find(([pattern]) => pattern.test(fields.code))?.[1];
  return new StrataError('database-error', redactSecrets(fields.message, place.secrets), {}, { hint, cause });
}

/** Why no connection can be made, and what to do. */
export function toConnectionError(error: unknown, place: SnowflakePlace): StrataError {
  if (error instanceof StrataError) return error;
  const fields = readFields(error);
  const reason = redactSecrets(fields.message, place.secrets);
  const said = `${fields.code} ${fields.status || ''} ${reason}`;
  const hint = connectionHints.find(([pattern]) => pattern.test(said))?.[1];
  const message = `Snowflake refuses ${place.user} at ${place.address}: ${reason}`;
  return new StrataError('connection-failed', message, {}, { hint, cause: { code: fields.code } });
}

/** Whether two transactions were in each other's way. */
export function isConflict(error: unknown): boolean {
  return error instanceof StrataError && error.code === 'database-error' && conflictCodes.test(readCode(error.cause));
}

/** Whether waiting may help: the network failed, or the service is busy. */
export function isTransient(error: unknown): boolean {
  const { code, status, isFromServer } = readFields(error);
  if (isFromServer) return false;
  return code === '401001' || status === 429 || status >= 500;
}

/** Whether the session is gone, so that no statement sent over it since was run. */
export function isSessionGone(error: unknown): boolean {
  return goneCodes.test(readCode(error));
}

function toLostError(fields: ErrorFields, place: SnowflakePlace): StrataError {
  const reason = redactSecrets(fields.message, place.secrets);
  const message = `The connection to Snowflake at ${place.address} was lost: ${reason}`;
  const hint = 'The open transaction is rolled back by Snowflake; published tables are whole. Run again.';
  return new StrataError('connection-failed', message, {}, { hint, cause: { code: fields.code } });
}

function readFields(error: unknown): ErrorFields {
  const source: Readonly<Record<string, unknown>> = typeof error === 'object' && error !== null ? { ...error } : {};
  const message = error instanceof Error ? error.message : String(error);
  const cause = source.cause instanceof Error && source.cause.message !== message ? ` (${source.cause.message})` : '';
  const status = readStatus(source.response);
  return {
    message: `${message.trim()}${cause}${status === 0 || status === 200 ? '' : ` (HTTP ${status})`}`,
    code: readCode(error),
    sqlState: typeof source.sqlState === 'string' ? source.sqlState : '',
    isFromServer: error instanceof Error && error.name === 'OperationFailedError',
    status,
  };
}

/** The server's codes come as text or as a number without its zeros. */
function readCode(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  if (typeof code === 'number') return String(code).padStart(6, '0');
  return typeof code === 'string' ? code : '';
}

function readStatus(response: unknown): number {
  const status =
    typeof response === 'object' && response !== null && 'statusCode' in response ? response.statusCode : 0;
  return typeof status === 'number' ? status : 0;
}
