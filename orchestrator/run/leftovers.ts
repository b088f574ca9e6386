import type { Session } from '../adapters/adapter.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { isTemporaryName } from '../materialize/temporary-name.ts';
import type { RelationCache, SchemaName } from './relation-cache.ts';

/**
 * Drops what runs that died left behind: relations under names only Strata makes, in the schemas of this run, and
 * nothing else. Where DDL is transactional a living run's temporary relations are invisible to others, so whatever is
 * seen is dead.
 */
export async function removeLeftovers(
  schemas: readonly SchemaName[],
  session: Session,
  { dialect, cache }: { readonly dialect: Dialect; readonly cache: RelationCache },
): Promise<readonly string[]> {
  if (!dialect.supportsTransactionalDdl) return [];
  const removed: string[] = [];
  for (const relation of schemas.flatMap((schema) => cache.list(schema))) {
    if (!isTemporaryName(relation.identifier)) continue;
    await session.execute(dialect.drop(relation, relation.type));
    cache.delete(relation);
    removed.push(`${relation.schema}.${relation.identifier}`);
  }
  return removed;
}
