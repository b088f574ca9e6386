import type { Session } from '../adapters/adapter.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Node } from '../manifest/node.ts';
import { listSchemas } from './answer-requests.ts';
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
  if (options.command !== 'compile') await createMissing(list, session, dialect);
  await cache.load(session, list);
  return list;
}

/** Asks first, since Postgres demands the right to create a schema even where `if not exists` has nothing to do. */
export async function createMissing(list: readonly SchemaName[], session: Session, dialect: Dialect): Promise<void> {
  for (const database of new Set(list.map((schema) => schema.database))) {
    const known = new Set((await listSchemas({ session, dialect }, database)).map((name) => name.toLowerCase()));
    const missing = list.filter((one) => one.database === database && !known.has(one.schema.toLowerCase()));
    for (const schema of missing) await createOne(schema, session, dialect);
  }
}

/** Another run may make the same schema at the same moment, which `if not exists` does not prevent. */
async function createOne(schema: SchemaName, session: Session, dialect: Dialect): Promise<void> {
  try {
    await session.execute(dialect.createSchema(schema));
  } catch (error) {
    const known = await listSchemas({ session, dialect }, schema.database);
    if (!known.some((name) => name.toLowerCase() === schema.schema.toLowerCase())) throw error;
  }
}
