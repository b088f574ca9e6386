import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionOptions } from 'node:tls';
import pg, { type Client } from 'pg';
import { quoteIdentifier, quoteText } from '../dialects/quoting.ts';
import { StrataError } from '../errors.ts';
import { suggest } from '../nearest.ts';
import { type ConnectionPlace, isTransient, toConnectionError } from './postgres-errors.ts';
import { cellTypes } from './postgres-types.ts';

/** Where the server is and how to log in: the part of a target this adapter reads. */
export interface PostgresOptions {
  readonly type: 'postgres';
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly dbname: string;
  /** libpq's disable, allow, prefer (the default), require, verify-ca or verify-full. */
  readonly sslmode?: string | null | undefined;
  readonly sslcert?: string | null | undefined;
  readonly sslkey?: string | null | undefined;
  readonly sslrootcert?: string | null | undefined;
  /** Seconds. */
  readonly connect_timeout?: number | undefined;
  /** Seconds; 0 leaves it to the system. */
  readonly keepalives_idle?: number | undefined;
  readonly search_path?: string | null | undefined;
  readonly role?: string | null | undefined;
  /** How often connecting is tried again where waiting may help. */
  readonly retries?: number | undefined;
}

const sslModes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'];
const DEFAULT_CONNECT_SECONDS = 10;
const DEFAULT_RETRIES = 1;
const RETRY_MILLIS = 500;

/** The part of the options that messages may show, and what they must not. */
export function describePlace(options: PostgresOptions): ConnectionPlace {
  const { host, port, user, dbname, password } = options;
  return { host, port, user, dbname, secrets: [password] };
}

/** A connected client, set up. Tries again where the server or the network may need a moment. */
export async function connectClient(options: PostgresOptions): Promise<Client> {
  const retries = options.retries ?? DEFAULT_RETRIES;
  for (let attempt = 0; ; attempt++) {
    try {
      return await connectOnce(options);
    } catch (error) {
      if (attempt >= retries || !isTransient(error)) throw toConnectionError(error, describePlace(options));
      await sleep(RETRY_MILLIS * (attempt + 1));
    }
  }
}

async function connectOnce(options: PostgresOptions): Promise<Client> {
  let refusal: unknown;
  for (const ssl of listEncryptions(options)) {
    try {
      return await connectWith(options, ssl);
    } catch (error) {
      refusal = error;
      if (!isAboutEncryption(error)) break;
    }
  }
  throw refusal;
}

async function connectWith(options: PostgresOptions, ssl: ConnectionOptions | false): Promise<Client> {
  const client = new pg.Client({
    host: options.host,
    port: options.port,
    user: options.user,
    password: options.password,
    database: options.dbname,
    ssl,
    connectionTimeoutMillis: (options.connect_timeout ?? DEFAULT_CONNECT_SECONDS) * 1000,
    keepAlive: true,
    keepAliveInitialDelayMillis: (options.keepalives_idle ?? 0) * 1000,
    application_name: 'strata',
    types: cellTypes,
  });
  // A connection may break while idle; the next statement reports it, and an unheard event would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(setUpClient(options));
    await watchForDeath(client);
    return client;
  } catch (error) {
    client.end().catch(() => undefined);
    throw error;
  }
}

/** What to try, first to last, as libpq does: `prefer`, the default, falls back to plain text. */
function listEncryptions(options: PostgresOptions): (ConnectionOptions | false)[] {
  const unchecked: ConnectionOptions = { ...readCertificates(options), rejectUnauthorized: false };
  const checked: ConnectionOptions = { ...readCertificates(options), rejectUnauthorized: true };
  const mode = options.sslmode ?? 'prefer';
  switch (mode) {
    case 'disable':
      return [false];
    case 'allow':
      return [false, unchecked];
    case 'prefer':
      return [unchecked, false];
    case 'require':
      return [options.sslrootcert == null ? unchecked : { ...checked, checkServerIdentity: () => undefined }];
    case 'verify-ca':
      return [{ ...checked, checkServerIdentity: () => undefined }];
    case 'verify-full':
      return [checked];
    default:
      throw new StrataError(
        'profile-invalid',
        `"sslmode" is "${mode}".`,
        {},
        {
          hint: suggest(mode, sslModes, `Use one of ${sslModes.join(', ')}.`),
        },
      );
  }
}

function readCertificates({ sslcert, sslkey, sslrootcert }: PostgresOptions): ConnectionOptions {
  return {
    ...(sslcert == null ? {} : { cert: readFileSync(sslcert) }),
    ...(sslkey == null ? {} : { key: readFileSync(sslkey) }),
    ...(sslrootcert == null ? {} : { ca: readFileSync(sslrootcert) }),
  };
}

function isAboutEncryption(error: unknown): boolean {
  return error instanceof Error && /SSL|encryption/i.test(error.message);
}

/** One round trip. Texts of dates, floats and intervals must not depend on the server's or the role's settings. */
function setUpClient({ role, search_path: searchPath }: PostgresOptions): string {
  const settings = [
    "set timezone = 'UTC'",
    "set datestyle = 'ISO, YMD'",
    "set intervalstyle = 'postgres'",
    'set extra_float_digits = 1',
    'set client_min_messages = warning',
    role == null ? '' : `set role ${quoteIdentifier(role)}`,
    searchPath == null ? '' : `set search_path = ${renderSearchPath(searchPath)}`,
  ];
  return settings.filter((setting) => setting !== '').join(';\n');
}

/**
 * Lets the server notice within seconds that this process was killed: otherwise its last query runs on, and its locks keep
 * the next run waiting. Servers before Postgres 14 cannot, nor can some systems, and do without.
 */
async function watchForDeath(client: Client): Promise<void> {
  const setting = "set_config(name, '2s', false) from pg_catalog.pg_settings";
  await client.query(`select ${setting} where name = 'client_connection_check_interval'`).catch(() => undefined);
}

/** Schemas separated by commas, some quoted already, as the setting itself is written. */
function renderSearchPath(searchPath: string): string {
  return searchPath
    .split(',')
    .map((schema) => quoteText(schema.trim().replace(/^"(.*)"$/, '$1')))
    .join(', ');
}
