import { parse } from 'node:path';
import type { Adapter, Session } from '../../../../orchestrator/adapters/adapter.ts';
import { DuckDbAdapter } from '../../../../orchestrator/adapters/duckdb.ts';
import type { Dialect } from '../../../../orchestrator/dialects/dialect.ts';
import { StrataError } from '../../../../orchestrator/errors.ts';
import type { Column, Relation } from '../../../../orchestrator/manifest/relation.ts';
import type { CellValue } from '../../../../orchestrator/manifest/results.ts';
import { CommentedSession } from '../../../../orchestrator/run/commented-session.ts';
import { type Place, TestProject } from './project.ts';

/** Called before each statement of a run that may change something; to throw is to lose the connection there. */
export type Watch = () => Promise<void>;

/** A warehouse, perhaps under another dialect, whose sessions can be watched and cut off. */
export class WatchedAdapter implements Adapter {
  readonly dialect: Dialect;
  watch: Watch = () => Promise.resolve();
  readonly #inner: Adapter;

  constructor(inner: Adapter, dialect: Dialect = inner.dialect) {
    this.#inner = inner;
    this.dialect = dialect;
  }

  connect() {
    return this.#inner.connect();
  }

  async openSession() {
    return new WatchedSession(await this.#inner.openSession(), () => this.watch());
  }

  isRetryable(error: unknown) {
    return this.#inner.isRetryable(error);
  }

  close() {
    return this.#inner.close();
  }
}

/** A session that says what it is about to do; once cut off it does nothing more, as if its process were gone. */
class WatchedSession extends CommentedSession {
  readonly #watch: Watch;
  #isCut = false;

  constructor(session: Session, watch: Watch) {
    super(session, { text: '', append: true });
    this.#watch = watch;
  }

  override async execute(sql: string) {
    await this.#pass();
    return super.execute(sql);
  }

  override async load(relation: Relation, columns: readonly Column[], rows: Iterable<readonly CellValue[]>) {
    await this.#pass();
    return super.load(relation, columns, rows);
  }

  override async commit() {
    await this.#pass();
    return super.commit();
  }

  async #pass(): Promise<void> {
    if (!this.#isCut) await this.#watch().catch(() => (this.#isCut = true));
    if (this.#isCut) throw new StrataError('connection-failed', 'The connection was cut.');
  }
}

/** A project on a warehouse that is watched. */
export interface WatchedProject {
  readonly project: TestProject;
  readonly adapter: WatchedAdapter;
}

/** A project on this warehouse. */
export async function watchProject(adapter: WatchedAdapter, place: Place): Promise<WatchedProject> {
  await adapter.connect();
  return { adapter, project: new TestProject(adapter, place) };
}

/** A project on DuckDB under this dialect, in memory or in a file. */
export function openWatchedDuckDb(dialect: Dialect, path = ':memory:'): Promise<WatchedProject> {
  const adapter = new WatchedAdapter(new DuckDbAdapter({ type: 'duckdb', path }), dialect);
  const database = path === ':memory:' ? 'memory' : parse(path).name;
  return watchProject(adapter, { database, schema: 'shop' });
}
