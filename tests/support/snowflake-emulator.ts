import { SnowflakeAdapter } from '../../orchestrator/adapters/snowflake.ts';
import { findEmulator } from './emulators.ts';
import { passwordLogin } from './snowflake-login.ts';

/** Snowflake as fakesnow plays it, behind a server that answers in JSON: any account, user and password is accepted. */
export interface SnowflakeEmulator {
  readonly port: number;
  readonly database: string;
  readonly stop: () => Promise<void>;
}

const found = await findEmulator('snowflake');

/** Why there is no emulator here; undefined where there is one. */
export const snowflakeMissing: string | undefined = found.reason;

/** Starts an empty one. */
export async function startSnowflakeEmulator(): Promise<SnowflakeEmulator> {
  if (found.reason !== undefined) throw new Error(found.reason);
  return { ...(await found.start()), database: 'STRATA_TEST' };
}

/** An output of profiles.yml that connects to it. */
export function snowflakeOutput({ port, database }: SnowflakeEmulator, schema: string) {
  return {
    type: 'snowflake',
    account: 'strata_test',
    user: 'STRATA_TESTER',
    password: 'made-up-password',
    host: '127.0.0.1',
    port,
    protocol: 'http',
    warehouse: 'TEST_WH',
    database,
    schema,
    threads: 4,
  } as const;
}

/** An adapter for the same, not yet connected. */
export function openSnowflake(emulator: SnowflakeEmulator, schema: string): SnowflakeAdapter {
  const { user, password, threads: _, type: _type, ...place } = snowflakeOutput(emulator, schema);
  return new SnowflakeAdapter({ ...place, login: passwordLogin(user, password) });
}
