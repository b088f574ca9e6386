import type { Session } from '../adapters/adapter.ts';
import { isTemporaryName } from '../materialize/temporary-name.ts';
import type { SchemaName } from './relation-cache.ts';
import type { RunContext } from './run-context.ts';

/**
 * Drops what runs that died left behind: relations under names only Strata makes, in the schemas of this run, and
 * nothing else. Where DDL is transactional a living run's temporary relations are invisible to others, so whatever is
 * seen is dead. One that cannot be dropped, since somebody reads it, stays and is named.
 */
export async function removeLeftovers(
  schemas: readonly SchemaName[],
  session: Session,
  { dialect, cache, options }: Pick<RunContext, 'dialect' | 'cache' | 'options'>,
): Promise<void> {
  if (!dialect.supportsTransactionalDdl) return;
  const found = schemas.flatMap((schema) => cache.list(schema)).filter(({ identifier }) => isTemporaryName(identifier));
  for (const relation of found) {
    const name = `${relation.schema}.${relation.identifier}`;
    try {
      await session.execute(dialect.drop(relation, relation.type));
      cache.delete(relation);
      options.onEvent({ kind: 'notice', level: 'info', text: `Removed ${name}, left by a run that died.` });
    } catch (error) {
      const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
      options.onEvent({ kind: 'notice', level: 'warn', text: `${name}, left by a run that died, stays: ${reason}` });
    }
  }
}
