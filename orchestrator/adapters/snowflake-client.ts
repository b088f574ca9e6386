import type { Connection, ConnectionOptions } from 'snowflake-sdk';
import { StrataError } from '../errors.ts';

/** The part of Snowflake's client that is used here. */
export interface SnowflakeClient {
  createConnection(options: ConnectionOptions): Connection;
}

/**
 * What the client does on its own account: look for a cloud's metadata server before the first login, report how its
 * connections are set up, and warn about Node's version. None of it helps a run, and the first makes it wait.
 */
const quiet: Readonly<Record<string, string>> = {
  SNOWFLAKE_DISABLE_PLATFORM_DETECTION: 'true',
  SF_TELEMETRY_DISABLE_CONNECTION_SHAPE: 'true',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

let client: Promise<SnowflakeClient> | null = null;

/** Snowflake's client with its own log switched off before it can write a line. Loading it takes most of a second. */
export function loadSnowflakeClient(): Promise<SnowflakeClient> {
  client ??= importClient();
  return client;
}

async function importClient(): Promise<SnowflakeClient> {
  for (const [name, value] of Object.entries(quiet)) process.env[name] ??= value;
  try {
    const sdk = await import('snowflake-sdk');
    const found = 'default' in sdk ? (sdk.default as typeof sdk) : sdk;
    found.configure({ logLevel: 'OFF', additionalLogToConsole: false });
    return found;
  } catch (error) {
    client = null;
    throw toMissingClient(error);
  }
}

function toMissingClient(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') return error;
  const hint = 'Install it: npm install snowflake-sdk@3';
  return new StrataError('connection-failed', "Snowflake's client is not installed.", {}, { hint });
}
