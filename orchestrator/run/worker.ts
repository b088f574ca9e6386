import type { Adapter, Session } from '../adapters/adapter.ts';
import type { RenderedComment } from '../compile/query-comment.ts';
import type { StrataError } from '../errors.ts';
import { CommentedSession } from './commented-session.ts';

/** A thread of the run: a session of its own, and its name in the results. */
export class Worker {
  readonly threadId: string;
  readonly #adapter: Adapter;
  #session: Session;
  #isLost = false;
  #comment: RenderedComment | null = null;
  /** Bytes that belong to counts that have ended. */
  #countedBytes = 0;

  private constructor(adapter: Adapter, session: Session, threadId: string) {
    this.#adapter = adapter;
    this.#session = session;
    this.threadId = threadId;
  }

  static async open(adapter: Adapter, threadId: string): Promise<Worker> {
    return new Worker(adapter, await adapter.openSession(), threadId);
  }

  get session(): Session {
    return this.#comment === null ? this.#session : new CommentedSession(this.#session, this.#comment);
  }

  /**
   * Counts the bytes read from now until what it gives is called, once; that gives null where the warehouse does not tell
   * them. What is counted within, for the tests of a model, is left out of the outer count.
   */
  countBytes(): () => number | null {
    const session = this.#session;
    const { bytesProcessed: before } = session;
    if (before === undefined) return () => null;
    const countedBefore = this.#countedBytes;
    return () => {
      const counted = (session.bytesProcessed ?? before) - before - (this.#countedBytes - countedBefore);
      this.#countedBytes += counted;
      return counted;
    };
  }

  /** From now on statements carry this comment. */
  comment(comment: RenderedComment | null): void {
    this.#comment = comment;
  }

  /** Notes how a node failed: a lost connection must not fail the nodes that come after it. */
  note(error: StrataError): void {
    if (error.code === 'connection-failed') this.#isLost = true;
  }

  /** Opens a new session where the last one was lost; without a server the next node reports the error. */
  async renew(): Promise<void> {
    if (!this.#isLost) return;
    await this.#session.close().catch(() => undefined);
    try {
      this.#session = await this.#adapter.openSession();
      this.#isLost = false;
    } catch {
      this.#isLost = true;
    }
  }

  async close(): Promise<void> {
    await this.#session.close();
  }
}
