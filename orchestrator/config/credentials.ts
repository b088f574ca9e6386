import { homedir } from 'node:os';
import { basename, resolve } from 'node:path';
import { StrataError } from '../errors.ts';
import type { JsonObject } from '../manifest/json.ts';
import { suggest } from '../nearest.ts';
import {
  type Credentials,
  type DuckDbTarget,
  type DuckDbYaml,
  duckDbShape,
  type PostgresTarget,
  type PostgresYaml,
  postgresShape,
} from './profile-schema.ts';
import { checkShape, type ReportOptions, startSentence } from './shape.ts';

const SUPPORTED = ['duckdb', 'postgres'] as const;
export const DEFAULT_THREADS = 4;

/** A checked connection with the fields templates see as `target`: no secret among them. */
export interface CheckedConnection {
  readonly credentials: Credentials;
  readonly database: string;
  readonly fields: JsonObject;
}

export interface ConnectionPlace extends Omit<ReportOptions, 'codes'> {
  /** Folder that relative paths of database files start from. */
  readonly projectDir: string;
}

/** Checks one output of profiles.yml; undefined when `errors` got new ones. */
export function checkConnection(
  output: unknown,
  errors: StrataError[],
  options: ConnectionPlace,
): CheckedConnection | undefined {
  const report = { ...options, codes: { unknownKey: 'profile-invalid', invalid: 'profile-invalid' } as const };
  const type = (output as { type?: unknown } | null)?.type;
  switch (type) {
    case 'duckdb': {
      const yaml = checkShape(duckDbShape, output, errors, report);
      return yaml === undefined ? undefined : readDuckDb(yaml, options.projectDir, errors, report);
    }
    case 'postgres': {
      const yaml = checkShape(postgresShape, output, errors, report);
      return yaml === undefined ? undefined : readPostgres(yaml, errors, report);
    }
    default:
      errors.push(unsupportedType(type, report));
      return undefined;
  }
}

function unsupportedType(type: unknown, options: ReportOptions): StrataError {
  const supported = `Supported types: ${SUPPORTED.join(', ')}.`;
  const place = options.document.locate([...(options.base ?? []), 'type']);
  if (typeof type !== 'string') {
    return new StrataError('profile-invalid', `${startSentence(options.subject ?? '')} has no "type".`, place, {
      hint: supported,
    });
  }
  const nearest = suggest(type, SUPPORTED);
  return new StrataError(
    'profile-invalid',
    `${startSentence(options.subject ?? '')} has the unsupported type "${type}".`,
    place,
    {
      hint: nearest === undefined ? supported : `${nearest} ${supported}`,
    },
  );
}

function readDuckDb(
  yaml: DuckDbYaml,
  projectDir: string,
  errors: StrataError[],
  options: ReportOptions,
): CheckedConnection | undefined {
  const path = yaml.path ?? ':memory:';
  if (/^(md|motherduck):/.test(path)) {
    const place = options.document.locate([...(options.base ?? []), 'path']);
    errors.push(
      new StrataError(
        'profile-invalid',
        `${startSentence(options.subject ?? '')} points at MotherDuck, which is not supported.`,
        place,
        {
          hint: 'Use the path of a file, or ":memory:".',
        },
      ),
    );
    return undefined;
  }
  const credentials = duckDbTarget(yaml, path, projectDir);
  const { database, schema, attach } = credentials;
  const known = [databaseOf(path), ...attach.map((one) => one.alias ?? databaseOf(one.path))];
  if (!known.includes(database)) {
    const place = options.document.locate([...(options.base ?? []), 'database']);
    const message = `${startSentence(options.subject ?? '')} has no database "${database}".`;
    const hint = `DuckDB names the database of ${basename(path)} "${known[0]}": write that, or leave "database" out.`;
    errors.push(new StrataError('profile-invalid', message, place, { hint }));
    return undefined;
  }
  return { credentials, database, fields: { database, schema, path } };
}

function duckDbTarget(yaml: DuckDbYaml, path: string, projectDir: string): DuckDbTarget {
  return {
    type: 'duckdb',
    path: path === ':memory:' ? path : resolvePath(path, projectDir),
    database: yaml.database ?? databaseOf(path),
    schema: yaml.schema ?? 'main',
    threads: yaml.threads ?? DEFAULT_THREADS,
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
export function databaseOf(path: string): string {
  if (path === ':memory:') return 'memory';
  const [name = ''] = basename(path)
    .split('.')
    .filter((part) => part !== '');
  return OWN_DATABASES.has(name) ? `${name}_db` : name;
}

function resolvePath(path: string, projectDir: string): string {
  return resolve(projectDir, path.replace(/^~(?=\/|$)/, homedir()));
}

function readPostgres(
  yaml: PostgresYaml,
  errors: StrataError[],
  options: ReportOptions,
): CheckedConnection | undefined {
  const dbname = yaml.dbname ?? yaml.database;
  const password = yaml.password ?? yaml.pass;
  const place = options.document.locate(options.base ?? []);
  if (dbname === undefined) errors.push(missing('dbname', options, place));
  if (password === undefined) errors.push(missing('password', options, place));
  if (dbname === undefined || password === undefined) return undefined;
  const credentials = postgresTarget(yaml, dbname, String(password));
  return { credentials, database: dbname, fields: postgresFields(credentials) };
}

function postgresTarget(yaml: PostgresYaml, dbname: string, password: string): PostgresTarget {
  return {
    type: 'postgres',
    host: yaml.host,
    port: yaml.port ?? 5432,
    user: yaml.user,
    password,
    dbname,
    schema: yaml.schema,
    threads: yaml.threads ?? DEFAULT_THREADS,
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

function postgresFields(credentials: PostgresTarget): JsonObject {
  const { password: _, type: __, threads: ___, dbname, ...shown } = credentials;
  return { ...shown, dbname, database: dbname };
}

function missing(key: string, options: ReportOptions, place: ReturnType<ReportOptions['document']['locate']>) {
  return new StrataError('profile-invalid', `${startSentence(options.subject ?? '')} lacks "${key}".`, place, {
    hint: `Add "${key}:" to it; env_var() keeps secrets out of the file.`,
  });
}
