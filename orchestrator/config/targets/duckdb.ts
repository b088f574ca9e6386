import { homedir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import * as z from 'zod/mini';
import type { StrataError } from '../../errors.ts';
import { checkShape, freeMapping, oneOf, strictShape, text } from '../shape.ts';
import {
  type CheckedConnection,
  type ConnectionPlace,
  type Credentials,
  defaultThreads,
  invalidKey,
  scalar,
  targetCodes,
  threadCount,
} from './target.ts';

/** A connection to a DuckDB file or to memory. */
export interface DuckDbTarget extends Credentials {
  readonly type: 'duckdb';
  /** Absolute path of the file, or `:memory:`. */
  readonly path: string;
  readonly database: string;
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  readonly extensions: readonly (string | { readonly name: string; readonly repo: string })[];
  readonly attach: readonly Attachment[];
}

/** A further database that a DuckDB connection attaches. */
interface Attachment {
  readonly path: string;
  readonly alias?: string | undefined;
  readonly type?: string | undefined;
  readonly read_only?: boolean | undefined;
}

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
const shape = strictShape({
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

/** Reads a target of type duckdb. */
export function readDuckDbTarget(
  output: unknown,
  errors: StrataError[],
  place: ConnectionPlace,
): CheckedConnection<DuckDbTarget> | undefined {
  const yaml = checkShape(shape, output, errors, { ...place, codes: targetCodes });
  if (yaml === undefined) return undefined;
  const path = yaml.path ?? ':memory:';
  if (/^(md|motherduck):/.test(path)) {
    const hint = 'Use the path of a file, or ":memory:".';
    errors.push(invalidKey('path', 'points at MotherDuck, which is not supported.', place, hint));
    return undefined;
  }
  const credentials = toCredentials(yaml, path, place.projectDir);
  const { database, attach } = credentials;
  const known = [databaseOf(path), ...attach.map((one) => one.alias ?? databaseOf(one.path))];
  if (!known.includes(database)) {
    const hint = `DuckDB names the database of ${basename(path)} "${known[0]}": write that, or leave "database" out.`;
    errors.push(invalidKey('database', `has no database "${database}".`, place, hint));
    return undefined;
  }
  return describeTarget(credentials, path);
}

/** The DuckDB file a project has when nobody configured a connection. */
export function embeddedDuckDb(projectName: string, projectDir: string): CheckedConnection<DuckDbTarget> {
  const file = `${projectName}.duckdb`;
  return describeTarget(toCredentials({ type: 'duckdb' }, join(projectDir, file), projectDir), file);
}

function describeTarget(credentials: DuckDbTarget, path: string): CheckedConnection<DuckDbTarget> {
  const { database, schema, settings } = credentials;
  const secrets = Object.entries(settings).flatMap(([name, value]) => (isSecretSetting(name) ? [String(value)] : []));
  return { credentials, database, fields: { database, schema, path }, secrets };
}

/** Whether a setting of DuckDB holds a secret, by its name. */
function isSecretSetting(name: string): boolean {
  return /secret|password|token|key/i.test(name);
}

function toCredentials(yaml: z.infer<typeof shape>, path: string, projectDir: string): DuckDbTarget {
  return {
    type: 'duckdb',
    path: path === ':memory:' ? path : resolvePath(path, projectDir),
    database: yaml.database ?? databaseOf(path),
    schema: yaml.schema ?? 'main',
    threads: yaml.threads ?? defaultThreads,
    settings: { ...yaml.config_options, ...yaml.settings },
    extensions: yaml.extensions ?? [],
    attach: (yaml.attach ?? []).map(({ path: file, alias, type, read_only }) => ({
      path: /^[a-z]+:/.test(file) || type != null ? file : resolvePath(file, projectDir),
      alias: alias ?? undefined,
      type: type ?? undefined,
      read_only: read_only ?? undefined,
    })),
  };
}

/** The names DuckDB keeps for databases of its own. */
const OWN_DATABASES = new Set(['main', 'temp', 'system']);

/** The name DuckDB gives the database of a file: the file's name up to its first dot. */
function databaseOf(path: string): string {
  if (path === ':memory:') return 'memory';
  const [name = ''] = basename(path)
    .split('.')
    .filter((part) => part !== '');
  return OWN_DATABASES.has(name) ? `${name}_db` : name;
}

function resolvePath(path: string, projectDir: string): string {
  return resolve(projectDir, path.replace(/^~(?=\/|$)/, homedir()));
}
