import type { Session } from '../adapters/adapter.ts';
import type { Node } from '../manifest/node.ts';
import type { RunPlan } from './plan.ts';
import type { SchemaName } from './relation-cache.ts';
import type { RunContext } from './run-context.ts';
import { storesFailures } from './store-failures.ts';

/** Makes the schemas a run writes to and lists what they hold, with one query for all. */
export async function prepareSchemas(
  plan: RunPlan,
  session: Session,
  { options, dialect, cache }: RunContext,
): Promise<readonly SchemaName[]> {
  const schemas = new Map<string, SchemaName>();
  const add = ({ database, schema }: Node): void => {
    schemas.set(`${database}.${schema}`.toLowerCase(), { database, schema });
  };
  for (const { node, audits } of plan.jobs.values()) {
    if (node.resource_type !== 'test') add(node);
    for (const test of [node, ...audits]) {
      if (test.resource_type === 'test' && storesFailures(test, options.storeFailures)) add(test);
    }
  }
  const list = [...schemas.values()];
  if (options.command !== 'compile') for (const schema of list) await session.execute(dialect.createSchema(schema));
  await cache.load(session, list);
  return list;
}
