import { afterEach, beforeEach } from 'vitest';
import type { Session } from '../../../orchestrator/adapters/adapter.ts';
import { SnowflakeAdapter } from '../../../orchestrator/adapters/snowflake.ts';
import type { SnowflakeOptions } from '../../../orchestrator/adapters/snowflake-connect.ts';
import type { SnowflakeLogin } from '../../../orchestrator/adapters/snowflake-login.ts';
import { StrataError } from '../../../orchestrator/errors.ts';
import { passwordLogin } from '../../support/snowflake-login.ts';
import { SnowflakeServer } from './snowflake-server.ts';

/** The password of every login here: no error may show it. */
export const SECRET = 'correct-horse-battery';

/** A login by name and password. */
export const byPassword: SnowflakeLogin = passwordLogin('LOADER', SECRET);

/** A server of each test's own, and adapters that connect to it through Snowflake's client. */
export class SnowflakeLab {
  #server: SnowflakeServer | null = null;
  readonly #opened: SnowflakeAdapter[] = [];

  constructor() {
    beforeEach(async () => {
      this.#server = await new SnowflakeServer().start();
    });
    afterEach(async () => {
      await Promise.all(this.#opened.splice(0).map((adapter) => adapter.close()));
      await this.server.stop();
    });
  }

  get server(): SnowflakeServer {
    if (this.#server === null) throw new Error('The server is started for each test.');
    return this.#server;
  }

  /** An adapter, not yet connected. */
  open(options: Partial<SnowflakeOptions> = {}): SnowflakeAdapter {
    const adapter = new SnowflakeAdapter({
      account: 'acme-shop',
      login: byPassword,
      database: 'SHOP',
      schema: 'MARTS',
      role: 'TRANSFORMER',
      warehouse: 'SMALL',
      host: '127.0.0.1',
      port: this.server.port,
      protocol: 'http',
      connect_timeout: 0,
      ...options,
    });
    this.#opened.push(adapter);
    return adapter;
  }

  session(options: Partial<SnowflakeOptions> = {}): Promise<Session> {
    return this.open(options).openSession();
  }

  /** The texts of the statements sent after the sessions were set up. */
  sent(): string[] {
    return this.server.statements.map(({ sqlText }) => sqlText).filter((sql) => !sql.startsWith('alter session'));
  }
}

/** The error some work ends with. */
export async function caught(work: Promise<unknown>): Promise<StrataError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof StrataError) return error;
  throw new Error(`Expected a StrataError, not ${String(error)}`);
}
