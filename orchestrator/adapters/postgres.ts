import type { Client } from 'pg';
import { postgresDialect } from '../dialects/postgres.ts';
import type { Adapter, Session } from './adapter.ts';
import { connectClient, describePlace, type PostgresOptions } from './postgres-connect.ts';
import { isConflict } from './postgres-errors.ts';
import { PostgresSession } from './postgres-session.ts';

/**
 * Postgres. Each session holds a connection of its own for as long as it lives, as transactions and temporary tables
 * need, so there is no pool.
 */
export class PostgresAdapter implements Adapter {
  readonly dialect = postgresDialect;
  readonly #options: PostgresOptions;
  readonly #sessions = new Set<PostgresSession>();
  /** Carries cancellations, so that they need no new connection when the server is full. */
  #control: Promise<Client> | null = null;

  constructor(options: PostgresOptions) {
    this.#options = options;
  }

  async connect(): Promise<void> {
    await this.#openControl();
  }

  async openSession(): Promise<Session> {
    const client = await connectClient(this.#options);
    const answer = await client.query<{ readonly pid: number }>('select pg_backend_pid() as pid');
    const pid = answer.rows[0]?.pid ?? 0;
    const session = new PostgresSession({
      client,
      place: describePlace(this.#options),
      interrupt: () => this.#cancelBackend(pid),
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
    await Promise.all(sessions.map((session) => session.close()));
    const control = this.#control;
    this.#control = null;
    await control?.then((client) => client.end()).catch(() => undefined);
  }

  async #cancelBackend(pid: number): Promise<void> {
    const client = await this.#openControl();
    await client.query(`select pg_cancel_backend(${pid})`);
  }

  #openControl(): Promise<Client> {
    this.#control ??= this.#connectControl();
    return this.#control;
  }

  async #connectControl(): Promise<Client> {
    try {
      const client = await connectClient(this.#options);
      client.on('end', () => {
        this.#control = null;
      });
      return client;
    } catch (error) {
      this.#control = null;
      throw error;
    }
  }
}
