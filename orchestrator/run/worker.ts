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
  #bytes: number | null = null;

  private constructor(adapter: Adapter, session: Session, threadId: string) {
    this.#adapter = adapter;
    this.#session = session;
    this.threadId = threadId;
  }

  static async open(adapter: Adapter, threadId: string): Promise<Worker> {
    return new Worker(adapter, await adapter.openSession(), threadId);
  }

  get session(): Session {
    // Bytes are counted only where a warehouse can tell them.
    if (this.#comment === null && this.#session.estimateBytes === undefined) return this.#session;
    return new CommentedSession(this.#session, this.#comment, (bytes) => {
      this.#bytes = (this.#bytes ?? 0) + bytes;
    });
  }

  /**
   * Counts the bytes read from now until what it gives is called, once; that gives null where nothing was told. What is
   * counted within, for the tests of a model, is left out of the outer count.
   */
  countBytes(): () => number | null {
    const outer = this.#bytes;
    this.#bytes = null;
    return () => {
      const counted = this.#bytes;
      this.#bytes = outer;
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
