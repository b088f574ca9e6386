import { BigQueryAdapter } from '../../orchestrator/adapters/bigquery.ts';
import { findEmulator } from './emulators.ts';

/** BigQuery as bqemulator plays it: any project and any token is accepted. */
export interface BigQueryEmulator {
  readonly endpoint: string;
  readonly project: string;
  readonly stop: () => Promise<void>;
}

const found = await findEmulator('bigquery');

/** Why there is no emulator here; undefined where there is one. */
export const bigQueryMissing: string | undefined = found.reason;

/** Starts an empty one. */
export async function startBigQueryEmulator(): Promise<BigQueryEmulator> {
  if (found.reason !== undefined) throw new Error(found.reason);
  const { port, stop } = await found.start();
  return { endpoint: `http://127.0.0.1:${port}`, project: 'strata-test', stop };
}

/** An output of profiles.yml that connects to it. */
export function bigQueryOutput({ endpoint, project }: BigQueryEmulator, dataset: string) {
  return {
    type: 'bigquery',
    method: 'oauth-secrets',
    token: 'made-up-token',
    api_endpoint: endpoint,
    project,
    dataset,
    threads: 4,
  } as const;
}

/** An adapter for the same, not yet connected. */
export function openBigQuery(emulator: BigQueryEmulator, dataset: string): BigQueryAdapter {
  return new BigQueryAdapter(bigQueryOutput(emulator, dataset));
}
