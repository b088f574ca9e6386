import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection, ConnectionOptions } from 'snowflake-sdk';
import { StrataError } from '../errors.ts';
import { loadSnowflakeClient } from './snowflake-client.ts';
import { isTransient, type SnowflakePlace, toConnectionError } from './snowflake-errors.ts';
import { listLoginSecrets, type SnowflakeLogin, toLoginOptions } from './snowflake-login.ts';
import { type SnowflakeStatement, sendStatement } from './snowflake-send.ts';

/** Where the account is and how to log in: the part of a target this adapter reads. */
export interface SnowflakeOptions {
  readonly account: string;
  readonly login: SnowflakeLogin;
  readonly database: string;
  readonly schema: string;
  readonly role?: string | null | undefined;
  readonly warehouse?: string | null | undefined;
  readonly query_tag?: string | null | undefined;
  readonly client_session_keep_alive?: boolean | undefined;
  /** How often connecting is tried again where waiting may help. */
  readonly connect_retries?: number | undefined;
  /** Seconds between two attempts. */
  readonly connect_timeout?: number | undefined;
  readonly host?: string | null | undefined;
  readonly port?: number | null | undefined;
  readonly protocol?: 'http' | 'https' | undefined;
}

const DEFAULT_RETRIES = 1;
const DEFAULT_PAUSE_SECONDS = 10;
/** How long one HTTP request may take; Snowflake answers long statements every 45 seconds. */
const REQUEST_MILLIS = 120_000;
/** More binds than a request ever has: the client would else make a stage of its own, whose DDL commits. */
const NO_STAGE_FOR_BINDS = 1_000_000_000;

/** Times and names mean the same in every session, whatever the account or the user has set. */
const SET_UP = [
  'alter session set',
  "TIMEZONE = 'UTC'",
  'QUOTED_IDENTIFIERS_IGNORE_CASE = false',
  'MULTI_STATEMENT_COUNT = 1',
  'AUTOCOMMIT = true',
  'ERROR_ON_NONDETERMINISTIC_MERGE = true',
  'WEEK_START = 0',
  "DATE_INPUT_FORMAT = 'AUTO'",
  "TIMESTAMP_INPUT_FORMAT = 'AUTO'",
  "TIMESTAMP_TYPE_MAPPING = 'TIMESTAMP_NTZ'",
  "BINARY_OUTPUT_FORMAT = 'HEX'",
  "TIME_OUTPUT_FORMAT = 'HH24:MI:SS.FF9'",
].join(' ');

/** The part of the options that messages may show, and what they must not. */
export function describePlace(options: SnowflakeOptions): SnowflakePlace {
  const { account, login } = options;
  const address = `${nameServer(options) ?? `account ${account}`}`;
  return { account, address, user: login.user ?? login.authenticator, secrets: listLoginSecrets(login) };
}

/** A connection logged in and set up. Tries again where the service or the network may need a moment. */
export async function connectSnowflake(options: SnowflakeOptions): Promise<Connection> {
  const retries = options.connect_retries ?? DEFAULT_RETRIES;
  for (let attempt = 0; ; attempt++) {
    try {
      return await connectOnce(options);
    } catch (error) {
      if (attempt >= retries || !isTransient(error)) throw toConnectionError(error, describePlace(options));
      await sleep((options.connect_timeout ?? DEFAULT_PAUSE_SECONDS) * 1000);
    }
  }
}

/** Says goodbye to the server, which then ends the session; leaves it to time out where that takes long. Never throws. */
export function closeConnection(connection: Connection, patienceMillis = 1000): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, patienceMillis);
    const finish = () => {
      clearTimeout(timer);
      resolve();
    };
    try {
      connection.destroy(finish);
    } catch {
      finish();
    }
  });
}

async function connectOnce(options: SnowflakeOptions): Promise<Connection> {
  const client = await loadSnowflakeClient();
  const connection = client.createConnection(toConnectionOptions(options));
  await new Promise<void>((resolve, reject) => {
    // The promise waits for a browser or Okta too; what goes wrong comes to the callback, or to the promise.
    connection
      .connectAsync((error) => (error === undefined || error === null ? resolve() : reject(error)))
      .catch(reject);
  });
  try {
    checkPlace(await sendStatement(connection, { sqlText: SET_UP }), options);
  } catch (error) {
    await closeConnection(connection);
    throw error;
  }
  return connection;
}

/**
 * A warehouse or database that does not exist, or that the role may not use, is no reason for Snowflake to refuse a
 * login: the session then has none, and every statement would fail.
 */
function checkPlace(statement: SnowflakeStatement, { warehouse, database, role }: SnowflakeOptions): void {
  const state = statement.getSessionState();
  const missing = [
    ...(warehouse != null && readState(state, 'getCurrentWarehouse') === null ? [`warehouse "${warehouse}"`] : []),
    ...(readState(state, 'getCurrentDatabase') === null ? [`database "${database}"`] : []),
  ];
  if (missing.length === 0) return;
  const who = role == null ? "the user's default role" : `the role "${role}"`;
  const hint = `Create what does not exist, and grant usage on it to ${who}.`;
  throw new StrataError(
    'connection-failed',
    `Snowflake gives the session no ${missing.join(' and no ')}.`,
    {},
    { hint },
  );
}

function readState(state: object | undefined, name: string): unknown {
  const read: unknown = state === undefined ? undefined : Reflect.get(state, name);
  return typeof read === 'function' ? read() : undefined;
}

function toConnectionOptions(options: SnowflakeOptions): ConnectionOptions {
  const { account, database, schema, role, warehouse } = options;
  const server = nameServer(options);
  return {
    account,
    ...(server === null ? {} : { accessUrl: server }),
    database,
    schema,
    ...(role == null ? {} : { role }),
    ...(warehouse == null ? {} : { warehouse }),
    ...toLoginOptions(options.login),
    application: 'Strata',
    clientSessionKeepAlive: options.client_session_keep_alive ?? false,
    arrayBindingThreshold: NO_STAGE_FOR_BINDS,
    jsTreatIntegerAsBigInt: true,
    representNullAsStringNull: false,
    fetchAsString: ['Number', 'JSON'],
    rowMode: 'array',
    rowStreamHighWaterMark: 1000,
    streamResult: true,
    sfRetryMaxLoginRetries: 0,
    timeout: REQUEST_MILLIS,
  };
}

function nameServer({ host, port, protocol }: SnowflakeOptions): string | null {
  if (host == null) return null;
  return `${protocol ?? 'https'}://${host}${port == null ? '' : `:${port}`}`;
}
