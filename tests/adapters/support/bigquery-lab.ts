import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Session } from '../../../orchestrator/adapters/adapter.ts';
import { BigQueryAdapter } from '../../../orchestrator/adapters/bigquery.ts';
import type { BigQueryOptions } from '../../../orchestrator/adapters/bigquery-connect.ts';
import { StrataError } from '../../../orchestrator/errors.ts';
import { BigQueryServer } from './bigquery-server.ts';

/** A token that must not be seen anywhere. */
export const token = 'made-up-token-4711';

/** A server for the tests of a file, and sessions that speak to it through the vendor's client. */
export interface BigQueryLab {
  readonly server: BigQueryServer;
  readonly openAdapter: (options?: Partial<BigQueryOptions>) => BigQueryAdapter;
  readonly openSession: (options?: Partial<BigQueryOptions>) => Promise<Session>;
}

/** Starts a server before the tests of a file; what a test scripted and opened is gone after it. */
export function useBigQueryServer(): BigQueryLab {
  const server = new BigQueryServer();
  const opened: BigQueryAdapter[] = [];
  beforeAll(() => server.start());
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((adapter) => adapter.close()));
    server.reset();
  });
  afterAll(() => server.stop());
  const openAdapter = (options: Partial<BigQueryOptions> = {}) => {
    const login = { type: 'bigquery', method: 'oauth-secrets', project: 'shop', token } as const;
    const adapter = new BigQueryAdapter({ ...login, api_endpoint: server.url, ...options });
    opened.push(adapter);
    return adapter;
  };
  return { server, openAdapter, openSession: async (options) => openAdapter(options).openSession() };
}

/** What a promise fails with, as a person and as a program see it. */
export async function fail(promise: Promise<unknown>): Promise<StrataError> {
  const error = await promise.then(
    () => new Error('It did not fail.'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof StrataError) return error;
  throw error;
}
