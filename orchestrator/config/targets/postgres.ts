import * as z from 'zod/mini';
import type { StrataError } from '../../errors.ts';
import type { JsonObject } from '../../manifest/json.ts';
import { checkShape, strictShape, text } from '../shape.ts';
import {
  type CheckedConnection,
  type ConnectionPlace,
  type Credentials,
  count,
  defaultThreads,
  missingKey,
  scalar,
  targetCodes,
  threadCount,
  wholeNumber,
} from './target.ts';

/** A connection to a Postgres server. */
export interface PostgresTarget extends Credentials {
  readonly type: 'postgres';
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly dbname: string;
  readonly sslmode: string | null;
  readonly sslcert: string | null;
  readonly sslkey: string | null;
  readonly sslrootcert: string | null;
  readonly connect_timeout: number;
  readonly keepalives_idle: number;
  readonly search_path: string | null;
  readonly role: string | null;
  readonly retries: number;
}

/** dbt-postgres' keys with their aliases. */
const shape = strictShape({
  type: z.literal('postgres'),
  host: text,
  port: z.optional(wholeNumber(1, 65_535)),
  user: text,
  password: z.optional(scalar),
  pass: z.optional(scalar),
  dbname: z.optional(text),
  database: z.optional(text),
  schema: text,
  threads: z.optional(threadCount),
  connect_timeout: z.optional(count),
  keepalives_idle: z.optional(count),
  sslmode: z.nullish(z.enum(['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'])),
  sslcert: z.nullish(text),
  sslkey: z.nullish(text),
  sslrootcert: z.nullish(text),
  search_path: z.nullish(text),
  role: z.nullish(text),
  application_name: z.nullish(text),
  autocommit: z.nullish(z.boolean()),
  retries: z.optional(count),
});

/** Reads a target of type postgres. */
export function readPostgresTarget(
  output: unknown,
  errors: StrataError[],
  place: ConnectionPlace,
): CheckedConnection<PostgresTarget> | undefined {
  const yaml = checkShape(shape, output, errors, { ...place, codes: targetCodes });
  if (yaml === undefined) return undefined;
  const dbname = yaml.dbname ?? yaml.database;
  const password = yaml.password ?? yaml.pass;
  if (dbname === undefined) errors.push(missingKey('dbname', place));
  if (password === undefined) errors.push(missingKey('password', place));
  if (dbname === undefined || password === undefined) return undefined;
  const credentials = toCredentials(yaml, dbname, String(password));
  return { credentials, database: dbname, fields: toFields(credentials), secrets: [credentials.password] };
}

function toCredentials(yaml: z.infer<typeof shape>, dbname: string, password: string): PostgresTarget {
  return {
    type: 'postgres',
    host: yaml.host,
    port: yaml.port ?? 5432,
    user: yaml.user,
    password,
    dbname,
    schema: yaml.schema,
    threads: yaml.threads ?? defaultThreads,
    sslmode: yaml.sslmode ?? null,
    sslcert: yaml.sslcert ?? null,
    sslkey: yaml.sslkey ?? null,
    sslrootcert: yaml.sslrootcert ?? null,
    connect_timeout: yaml.connect_timeout ?? 10,
    keepalives_idle: yaml.keepalives_idle ?? 0,
    search_path: yaml.search_path ?? null,
    role: yaml.role ?? null,
    retries: yaml.retries ?? 1,
  };
}

function toFields(credentials: PostgresTarget): JsonObject {
  const { password: _, type: __, threads: ___, dbname, ...shown } = credentials;
  return { ...shown, dbname, database: dbname };
}
