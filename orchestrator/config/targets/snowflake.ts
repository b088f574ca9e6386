import { homedir } from 'node:os';
import { resolve } from 'node:path';
import * as z from 'zod/mini';
import type { StrataError } from '../../errors.ts';
import type { JsonObject } from '../../manifest/json.ts';
import { checkShape, strictShape, text } from '../shape.ts';
import { checkLogin, type SnowflakeLogin, toLogin } from './snowflake-login.ts';
import {
  type CheckedConnection,
  type ConnectionPlace,
  type Credentials,
  count,
  defaultThreads,
  scalar,
  targetCodes,
  threadCount,
  wholeNumber,
} from './target.ts';

/** A connection to a Snowflake account. */
export interface SnowflakeTarget extends Credentials {
  readonly type: 'snowflake';
  readonly account: string;
  readonly login: SnowflakeLogin;
  readonly role: string | null;
  readonly warehouse: string | null;
  readonly database: string;
  readonly query_tag: string | null;
  readonly client_session_keep_alive: boolean;
  /** How often connecting is tried again where waiting may help. */
  readonly connect_retries: number;
  /** Seconds between two attempts to connect. */
  readonly connect_timeout: number;
  /** Address of the server where it does not follow from the account, such as a private link. */
  readonly host: string | null;
  readonly port: number | null;
  readonly protocol: 'http' | 'https';
}

/** dbt-snowflake's keys with their aliases. */
const shape = strictShape({
  type: z.literal('snowflake'),
  account: text,
  user: z.optional(text),
  password: z.optional(scalar),
  pass: z.optional(scalar),
  passcode: z.nullish(scalar),
  authenticator: z.nullish(text),
  private_key: z.nullish(text),
  private_key_path: z.nullish(text),
  private_key_passphrase: z.nullish(scalar),
  token: z.nullish(text),
  oauth_client_id: z.nullish(text),
  oauth_client_secret: z.nullish(text),
  oauth_token_request_url: z.nullish(text),
  oauth_authorization_url: z.nullish(text),
  oauth_scope: z.nullish(text),
  role: z.nullish(text),
  warehouse: z.nullish(text),
  database: text,
  schema: text,
  threads: z.optional(threadCount),
  query_tag: z.nullish(text),
  client_session_keep_alive: z.nullish(z.boolean()),
  connect_retries: z.optional(count),
  connect_timeout: z.optional(count),
  host: z.nullish(text),
  port: z.nullish(wholeNumber(1, 65_535)),
  protocol: z.nullish(z.enum(['http', 'https'])),
  reuse_connections: z.nullish(z.boolean()),
  retry_all: z.nullish(z.boolean()),
  retry_on_database_errors: z.nullish(z.boolean()),
});

/** Reads a target of type snowflake. */
export function readSnowflakeTarget(
  output: unknown,
  errors: StrataError[],
  place: ConnectionPlace,
): CheckedConnection<SnowflakeTarget> | undefined {
  const yaml = checkShape(shape, output, errors, { ...place, codes: targetCodes });
  if (yaml === undefined) return undefined;
  const keys = {
    ...yaml,
    password: toText(yaml.password ?? yaml.pass),
    passcode: toText(yaml.passcode),
    private_key_passphrase: toText(yaml.private_key_passphrase),
    private_key_path: yaml.private_key_path == null ? null : resolvePath(yaml.private_key_path, place.projectDir),
  };
  const mistakes = checkLogin(keys, place);
  errors.push(...mistakes);
  if (mistakes.length > 0) return undefined;
  const credentials = toCredentials(yaml, toLogin(keys));
  return {
    credentials,
    database: credentials.database,
    fields: toFields(credentials),
    secrets: listSecrets(credentials.login),
  };
}

function toCredentials(yaml: z.infer<typeof shape>, login: SnowflakeLogin): SnowflakeTarget {
  return {
    type: 'snowflake',
    account: yaml.account,
    login,
    role: yaml.role ?? null,
    warehouse: yaml.warehouse ?? null,
    database: yaml.database,
    schema: yaml.schema,
    threads: yaml.threads ?? defaultThreads,
    query_tag: yaml.query_tag ?? null,
    client_session_keep_alive: yaml.client_session_keep_alive ?? false,
    connect_retries: yaml.connect_retries ?? 1,
    connect_timeout: yaml.connect_timeout ?? 10,
    host: yaml.host ?? null,
    port: yaml.port ?? null,
    protocol: yaml.protocol ?? 'https',
  };
}

function toFields(credentials: SnowflakeTarget): JsonObject {
  const { login, type: _, threads: __, ...shown } = credentials;
  return { ...shown, user: login.user, authenticator: login.authenticator };
}

/** Parts of a key are secrets too: an error may show one line of it. */
function listSecrets(login: SnowflakeLogin): string[] {
  const key = login.privateKey ?? '';
  const lines = key.split(/\r?\n|\\n/).filter((line) => line.length > 16 && !line.startsWith('-----'));
  const whole = [login.password, login.passcode, login.token, login.oauthClientSecret, login.privateKeyPassphrase, key];
  return [...whole, ...lines].flatMap((secret) => (secret === null || secret === '' ? [] : [secret]));
}

function toText(value: string | number | boolean | null | undefined): string | null {
  return value == null ? null : String(value);
}

function resolvePath(path: string, projectDir: string): string {
  return resolve(projectDir, path.replace(/^~(?=\/|$)/, homedir()));
}
