import { parse } from 'node:path';
import type { Session } from '../../../../orchestrator/adapters/adapter.ts';
import { DuckDbAdapter } from '../../../../orchestrator/adapters/duckdb.ts';
import type { Dialect } from '../../../../orchestrator/dialects/dialect.ts';
import { StrataError } from '../../../../orchestrator/errors.ts';
import type { Column, Relation } from '../../../../orchestrator/manifest/relation.ts';
import type { CellValue } from '../../../../orchestrator/manifest/results.ts';
import { CommentedSession } from '../../../../orchestrator/run/commented-session.ts';
import { TestProject } from './project.ts';

/** Called before each statement of a run that may change something; to throw is to lose the connection there. */
export type Watch = () => Promise<void>;

/** DuckDB under another dialect, whose sessions can be watched and cut off. */
export class WatchedDuckDb extends DuckDbAdapter {
  override readonly dialect: Dialect;
  watch: Watch = () => Promise.resolve();

  constructor(dialect: Dialect, path = ':memory:') {
    super({ type: 'duckdb', path });
    this.dialect = dialect;
  }

  override async openSession(): Promise<WatchedSession> {
    return new WatchedSession(await super.openSession(), () => this.watch());
  }
}

/** A session that says what it is about to do; once cut off it does nothing more, as if its process were gone. */
class WatchedSession extends CommentedSession {
  readonly #watch: Watch;
  #isCut = false;

  constructor(session: Session, watch: Watch) {
    super(session, null, () => undefined);
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

/** A project on DuckDB under this dialect, in memory or in a file. */
export async function openWatchedProject(
  dialect: Dialect,
  path = ':memory:',
): Promise<{ project: TestProject; adapter: WatchedDuckDb }> {
  const adapter = new WatchedDuckDb(dialect, path);
  await adapter.connect();
  const database = path === ':memory:' ? 'memory' : parse(path).name;
  return { adapter, project: new TestProject(adapter, { database, schema: 'shop' }) };
}
