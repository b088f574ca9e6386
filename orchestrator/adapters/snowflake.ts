import type { Connection } from 'snowflake-sdk';
import { snowflakeDialect } from '../dialects/snowflake.ts';
import type { Adapter, Session } from './adapter.ts';
import { closeConnection, connectSnowflake, describePlace, type SnowflakeOptions } from './snowflake-connect.ts';
import { isConflict } from './snowflake-errors.ts';
import type { StageMemory } from './snowflake-load.ts';
import { SnowflakeSession } from './snowflake-session.ts';

/**
 * Snowflake. Each session is one of the server's, as transactions and temporary tables need, so there is no pool. The
 * login that checks the credentials becomes the first session.
 */
export class SnowflakeAdapter implements Adapter {
  readonly dialect = snowflakeDialect;
  readonly #options: SnowflakeOptions;
  readonly #sessions = new Set<SnowflakeSession>();
  readonly #stage: StageMemory = { refusal: null };
  #spare: Connection | null = null;

  constructor(options: SnowflakeOptions) {
    this.#options = options;
  }

  async connect(): Promise<void> {
    this.#spare ??= await connectSnowflake(this.#options);
  }

  async openSession(): Promise<Session> {
    const spare = this.#spare;
    this.#spare = null;
    const session = new SnowflakeSession({
      connection: spare ?? (await connectSnowflake(this.#options)),
      connect: () => connectSnowflake(this.#options),
      place: describePlace(this.#options),
      queryTag: this.#options.query_tag ?? null,
      stage: this.#stage,
    });
    this.#sessions.add(session);
    return session;
  }

  isRetryable(error: unknown): boolean {
    return isConflict(error);
  }

  async close(): Promise<void> {
    const sessions = [...this.#sessions];
    this.#sessions.clear();
    const spare = this.#spare;
    this.#spare = null;
    await Promise.all([
      ...sessions.map((session) => session.close()),
      ...(spare === null ? [] : [closeConnection(spare)]),
    ]);
  }
}
