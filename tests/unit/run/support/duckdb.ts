import { DuckDbAdapter } from '../../../../orchestrator/adapters/duckdb.ts';
import { TestProject } from './project.ts';

/** A project on a DuckDB of its own, in memory or in a file. */
export async function openDuckDbProject(path = ':memory:', database = 'memory'): Promise<TestProject> {
  const adapter = new DuckDbAdapter({ type: 'duckdb', path });
  await adapter.connect();
  return new TestProject(adapter, { database, schema: 'shop' });
}
