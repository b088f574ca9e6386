import { DuckDbAdapter } from '../../../orchestrator/adapters/duckdb.ts';
import { openPostgresAdapter } from '../../unit/run/support/postgres.ts';
import { TestProject } from '../../unit/run/support/project.ts';
import { versionedProject } from './versioned-project.ts';

// Builds again and again until somebody kills the process. Its argument says where, as JSON.
const where = JSON.parse(process.argv[2] ?? '{}');
const adapter =
  where.path === undefined
    ? openPostgresAdapter(where.server)
    : new DuckDbAdapter({ type: 'duckdb', path: where.path });
await adapter.connect();
const project = new TestProject(adapter, where.place);
process.stdout.write('building\n');
for (let version = where.version; ; version += 1) await project.run(versionedProject(version));
