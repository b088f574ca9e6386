import * as z from 'zod/mini';
import { freeMapping, oneOf, strictShape, text } from './shape.ts';

/** A connection to a DuckDB file or to memory. */
export interface DuckDbTarget {
  readonly type: 'duckdb';
  /** Absolute path of the file, or `:memory:`. */
  readonly path: string;
  readonly schema: string;
  readonly database: string;
  readonly threads: number;
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  readonly extensions: readonly (string | { readonly name: string; readonly repo: string })[];
  readonly attach: readonly Attachment[];
}

/** A further database that a DuckDB connection attaches. */
export interface Attachment {
  readonly path: string;
  readonly alias?: string | undefined;
  readonly type?: string | undefined;
  readonly read_only?: boolean | undefined;
}

/** A connection to a Postgres server. */
export interface PostgresTarget {
  readonly type: 'postgres';
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly dbname: string;
  readonly schema: string;
  readonly threads: number;
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

export type Credentials = DuckDbTarget | PostgresTarget;

/** A whole number within bounds, also as the text that a template gives. */
function wholeNumber(from: number, to = Number.MAX_SAFE_INTEGER) {
  const upTo = to === Number.MAX_SAFE_INTEGER ? '' : ` to ${to}`;
  const bounds = [z.gte(from, { abort: true }), z.lte(to, { abort: true })] as const;
  return oneOf(`a whole number from ${from}${upTo}`, [
    z.int().check(...bounds),
    z.pipe(
      z.pipe(
        z.string().check(z.regex(/^\s*\d+\s*$/, { abort: true })),
        z.transform((digits: string) => Number(digits)),
      ),
      z.number().check(...bounds),
    ),
  ]);
}

const count = wholeNumber(0);
const threadCount = wholeNumber(1);
const scalar = oneOf('text, a number or true/false', [z.string(), z.number(), z.boolean()]);

const attachment = strictShape({
  path: text,
  alias: z.nullish(text),
  type: z.nullish(text),
  secret: z.nullish(text),
  read_only: z.nullish(z.boolean()),
  is_ducklake: z.nullish(z.boolean()),
  options: z.nullish(freeMapping),
});

/** dbt-duckdb's keys. */
export const duckDbShape = strictShape({
  type: z.literal('duckdb'),
  path: z.optional(text),
  database: z.nullish(text),
  schema: z.nullish(text),
  threads: z.optional(threadCount),
  settings: z.nullish(z.record(z.string(), scalar)),
  config_options: z.nullish(z.record(z.string(), scalar)),
  extensions: z.nullish(
    z.array(oneOf('a name or {name, repo}', [z.string(), strictShape({ name: text, repo: text })])),
  ),
  attach: z.nullish(z.array(attachment)),
  external_root: z.optional(text),
  use_credential_provider: z.nullish(text),
  secrets: z.nullish(z.array(freeMapping)),
  filesystems: z.nullish(z.array(freeMapping)),
  plugins: z.nullish(z.array(freeMapping)),
  remote: z.nullish(freeMapping),
  retries: z.nullish(freeMapping),
  module_paths: z.nullish(z.array(text)),
  disable_transactions: z.optional(z.boolean()),
  keep_open: z.optional(z.boolean()),
  flights: z.nullish(freeMapping),
  motherduck_attach: z.nullish(z.unknown()),
});

/** A profile of profiles.yml; its connections are checked when they are chosen. */
export const profileShape = strictShape({
  target: z.nullish(text),
  outputs: freeMapping,
  config: z.nullish(freeMapping),
});

/** dbt-postgres' keys with their aliases. */
export const postgresShape = strictShape({
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

export type DuckDbYaml = z.infer<typeof duckDbShape>;
export type PostgresYaml = z.infer<typeof postgresShape>;
