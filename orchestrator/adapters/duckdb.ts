import { mkdirSync } from 'node:fs';
import { availableParallelism, homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { DuckDBInstance } from '@duckdb/node-api';
import { duckDbDialect } from '../dialects/duckdb.ts';
import { quoteIdentifier, quoteText } from '../dialects/quoting.ts';
import { StrataError } from '../errors.ts';
import type { Adapter, ConnectOptions, Session } from './adapter.ts';
import { isConflict, toConnectionError, toSetUpError } from './duckdb-errors.ts';
import { openFile } from './duckdb-file.ts';
import { type DuckDbContext, DuckDbSession } from './duckdb-session.ts';
import { ThreadLimiter } from './duckdb-threads.ts';
import { isSecretSetting } from './redact.ts';

/** A database attached beside the main one. */
export interface DuckDbAttachment {
  readonly path: string;
  readonly alias?: string | undefined;
  readonly type?: string | undefined;
  readonly read_only?: boolean | undefined;
}

/** Where the DuckDB file is and how it is set up: the part of a target this adapter reads. */
export interface DuckDbOptions {
  readonly type: 'duckdb';
  /** A file (`~` is the home folder; missing folders are made) or `:memory:`. */
  readonly path: string;
  /** The database that relations name; checked on connecting, since DuckDB itself names a file's database. */
  readonly database?: string | undefined;
  readonly settings?: Readonly<Record<string, string | number | boolean>> | undefined;
  readonly extensions?: readonly (string | { readonly name: string; readonly repo?: string | undefined })[] | undefined;
  readonly attach?: readonly DuckDbAttachment[] | undefined;
}

/**
 * What holds for files that are made; those that exist keep theirs. Blocks of 64 KB, since a table takes at least a block
 * per column, in memory too until a checkpoint, and projects have many small tables. The format of DuckDB 1.2, since in
 * the older one that DuckDB writes by itself a checkpoint spends two thirds of its time on translating statistics.
 */
const newFileSettings = { default_block_size: '65536', storage_compatibility_version: 'v1.2.0' };

/** DuckDB in this process. One instance per file, shared by all sessions: opening a file twice loses data silently. */
export class DuckDbAdapter implements Adapter {
  readonly dialect = duckDbDialect;
  readonly #options: DuckDbOptions;
  readonly #context: DuckDbContext;
  readonly #sessions = new Set<DuckDbSession>();
  #instance: DuckDBInstance | null = null;
  #checkpoint: Promise<unknown> | null = null;

  constructor(options: DuckDbOptions) {
    this.#options = options;
    const limiter = new ThreadLimiter(availableParallelism(), (threads) => this.#limitThreads(threads));
    this.#context = { secrets: findSecrets(options), limiter, onClose: (session) => this.#forget(session) };
  }

  async connect(options: ConnectOptions = {}): Promise<void> {
    if (this.#instance !== null) return;
    const path = expandPath(this.#options.path);
    try {
      if (isFile(path)) mkdirSync(dirname(path), { recursive: true });
      this.#instance = await openFile(path, fileSettings(this.#options), options);
    } catch (error) {
      throw toConnectionError(error, this.#options.path, this.#context.secrets);
    }
    const session = await this.#open();
    await setUp(session, [...setUpDatabase(this.#options), ...setUpSession(this.#options)]);
    await this.#checkDatabase(session);
    await session.close();
  }

  isRetryable(error: unknown): boolean {
    return isConflict(error);
  }

  async openSession(): Promise<Session> {
    const session = await this.#open();
    await setUp(session, setUpSession(this.#options));
    return session;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#sessions].map((session) => session.close()));
    await this.#checkpoint;
    this.#instance?.closeSync();
    this.#instance = null;
  }

  async #checkDatabase(session: Session): Promise<void> {
    const { database, path } = this.#options;
    if (database === undefined) return;
    const { rows } = await session.query(
      'select database_name, database_name = current_database() from duckdb_databases() where not internal order by 1',
    );
    if (rows.some(([name]) => String(name).toLowerCase() === database.toLowerCase())) return;
    const current = rows.find(([, isCurrent]) => isCurrent === true)?.[0];
    throw new StrataError(
      'connection-failed',
      `DuckDB file ${path} has no database "${database}".`,
      {},
      {
        hint: `DuckDB calls the file's database "${current}": set "database" to that in profiles.yml, or attach another file.`,
      },
    );
  }

  /** On a connection of its own; a number of threads in the profile stands. */
  async #limitThreads(threads: number): Promise<void> {
    if (this.#options.settings?.['threads'] === undefined) await this.#runAside(`set threads = ${threads}`);
  }

  async #runAside(sql: string): Promise<void> {
    const connection = await this.#instance?.connect();
    try {
      await connection?.run(sql);
    } finally {
      connection?.disconnectSync();
    }
  }

  /** After the last session the log goes into the file: closing would do it too, but hold up whatever else there is to do. */
  #forget(session: DuckDbSession): void {
    this.#sessions.delete(session);
    if (this.#sessions.size > 0) return;
    this.#checkpoint ??= this.#runAside('checkpoint')
      .catch(() => undefined)
      .finally(() => {
        this.#checkpoint = null;
      });
  }

  async #open(): Promise<DuckDbSession> {
    if (this.#instance === null) throw new StrataError('internal', 'DuckDB: a session was opened before connect().');
    const session = new DuckDbSession(await this.#instance.connect(), this.#context);
    this.#sessions.add(session);
    return session;
  }
}

async function setUp(session: Session, statements: readonly string[]): Promise<void> {
  for (const statement of statements) {
    try {
      await session.execute(statement);
    } catch (error) {
      throw toSetUpError(error, statement);
    }
  }
}

function setUpDatabase(options: DuckDbOptions): string[] {
  const extensions = (options.extensions ?? []).flatMap((extension) => {
    const { name, repo } = typeof extension === 'string' ? { name: extension, repo: undefined } : extension;
    const source = repo === undefined ? '' : ` from ${/^\w+$/.test(repo) ? repo : quoteText(repo)}`;
    return [`install ${quoteIdentifier(name)}${source}`, `load ${quoteIdentifier(name)}`];
  });
  return [...extensions, ...(options.attach ?? []).map(renderAttachment)];
}

/** A setting that only counts when a file is made has to be there before it is opened. */
function fileSettings({ settings = {} }: DuckDbOptions): Record<string, string> {
  const chosen = Object.entries(settings).filter(([name]) => name in newFileSettings);
  return { ...newFileSettings, ...Object.fromEntries(chosen.map(([name, value]) => [name, String(value)])) };
}

/** Time zones follow the machine unless set, and a build must not. */
function setUpSession(options: DuckDbOptions): string[] {
  return Object.entries({ TimeZone: 'UTC', ...options.settings }).map(([name, value]) => {
    const literal = typeof value === 'string' ? quoteText(value) : String(value);
    return `set ${quoteIdentifier(name)} = ${literal}`;
  });
}

function renderAttachment({ path, alias, type, read_only: isReadOnly }: DuckDbAttachment): string {
  const name = alias === undefined ? '' : ` as ${quoteIdentifier(alias)}`;
  const settings = [type === undefined ? '' : `type ${type}`, isReadOnly === true ? 'read_only' : ''];
  const list = settings.filter((setting) => setting !== '').join(', ');
  const file = type === undefined || type === 'duckdb' || type === 'sqlite' ? expandPath(path) : path;
  return `attach if not exists ${quoteText(file)}${name}${list === '' ? '' : ` (${list})`}`;
}

function isFile(path: string): boolean {
  return !path.startsWith(':memory:') && !/^(md|motherduck):/.test(path);
}

function expandPath(path: string): string {
  if (!isFile(path) || /^\w+:\/\//.test(path)) return path;
  return resolve(path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path);
}

function findSecrets(options: DuckDbOptions): string[] {
  const settings = Object.entries(options.settings ?? {});
  return settings.filter(([name]) => isSecretSetting(name)).map(([, value]) => String(value));
}
