import { statelessDialect } from '../../materialize/stepwise-dialects.ts';
import type { NodeSpec } from './project.ts';
import { openWatchedDuckDb } from './stepwise.ts';

/** A process of its own that builds `orders` in a DuckDB file and is killed before a step: file, target, step. */
const [path = '', targetFolder = '', step = '0'] = process.argv.slice(2);
const { project, adapter } = await openWatchedDuckDb(statelessDialect, path);
let steps = 0;
adapter.watch = async () => {
  steps += 1;
  if (steps > Number(step)) process.kill(process.pid, 'SIGKILL');
};
const orders: NodeSpec = { name: 'orders', sql: 'select 2 as id, 2 as n' };
const positive: NodeSpec = {
  name: 'positive',
  type: 'test',
  sql: 'select * from {orders} where id < 0',
  reads: ['orders'],
};
await project.run([orders, positive], {
  targetFolder,
  invocation: { id: 'abcdef12-0000-0000-0000-000000000000', startedAt: new Date() },
});
