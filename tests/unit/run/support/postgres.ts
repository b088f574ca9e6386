import { PostgresAdapter } from '../../../../orchestrator/adapters/postgres.ts';
import type { TestPostgres } from '../../../support/postgres.ts';
import { TestProject } from './project.ts';

let schemas = 0;

/** A project in a schema of its own on a running server. */
export async function openPostgresProject(server: TestPostgres): Promise<TestProject> {
  const adapter = openPostgresAdapter(server);
  await adapter.connect();
  schemas += 1;
  return new TestProject(adapter, { database: server.database, schema: `shop_${schemas}` });
}

/** An adapter for a running server, not yet connected. */
export function openPostgresAdapter(server: TestPostgres): PostgresAdapter {
  const { host, port, user, password, database } = server;
  return new PostgresAdapter({ type: 'postgres', host, port, user, password, dbname: database });
}
