import { DuckDbAdapter } from '../../../orchestrator/adapters/duckdb.ts';
import { statuses, TestProject } from '../../unit/run/support/project.ts';

// Builds nodes once and prints `{statuses, messages}`. Its argument says which and where, as JSON.
const { path, place, specs } = JSON.parse(process.argv[2] ?? '{}');
const adapter = new DuckDbAdapter({ type: 'duckdb', path });
await adapter.connect();
const project = new TestProject(adapter, place);
const results = await project.run(specs);
process.stdout.write(
  JSON.stringify({ statuses: statuses(results), messages: results.results.map(({ message }) => message) }),
);
await project.close();
