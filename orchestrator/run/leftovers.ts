import type { Session } from '../adapters/adapter.ts';
import type { ExistingRelation } from '../manifest/relation.ts';
import { isTemporaryName, readInvocation } from '../materialize/temporary-name.ts';
import { type RunFate, readFates } from './past-runs.ts';
import type { SchemaName } from './relation-cache.ts';
import type { RunContext } from './run-context.ts';

type Surroundings = Pick<RunContext, 'dialect' | 'cache' | 'options'>;

/**
 * Drops what runs that died left behind: relations under names only Strata makes, in the schemas of this run, and
 * nothing else. One that cannot be dropped, since somebody reads it, stays and is named.
 */
export async function removeLeftovers(
  schemas: readonly SchemaName[],
  session: Session,
  surroundings: Surroundings,
): Promise<void> {
  const { cache } = surroundings;
  const found = schemas.flatMap((schema) => cache.list(schema)).filter(({ identifier }) => isTemporaryName(identifier));
  if (found.length === 0) return;
  const findFate = fateFinder(surroundings);
  for (const relation of found) {
    const fate = findFate(relation);
    if (fate === 'over') await remove(relation, session, surroundings);
    else tellOf(relation, fate, surroundings);
  }
}

/**
 * Where DDL is transactional a living run's temporary relations are invisible to others, so whatever is seen is dead.
 * Elsewhere the journal tells which runs are over.
 */
function fateFinder({ dialect, options }: Surroundings): (relation: ExistingRelation) => RunFate {
  if (dialect.supportsTransactionalDdl) return () => 'over';
  const findFate = readFates(options.targetFolder);
  return ({ identifier }) => findFate(readInvocation(identifier) ?? '');
}

async function remove(relation: ExistingRelation, session: Session, surroundings: Surroundings): Promise<void> {
  const { dialect, cache, options } = surroundings;
  const name = nameOf(relation);
  try {
    await session.execute(dialect.drop(relation, relation.type));
    cache.delete(relation);
    options.onEvent({ kind: 'notice', level: 'info', text: `Removed ${name}, left by a run that died.` });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    options.onEvent({ kind: 'notice', level: 'warn', text: `${name}, left by a run that died, stays: ${reason}` });
  }
}

function tellOf(relation: ExistingRelation, fate: RunFate, { dialect, options }: Surroundings): void {
  const name = nameOf(relation);
  if (fate === 'alive') {
    options.onEvent({ kind: 'notice', level: 'info', text: `${name} stays: the run that made it is still at work.` });
  } else {
    const drop = dialect.drop(relation, relation.type);
    const text = `${name} stays: the run that made it is not known here. If it is not at work any more: ${drop};`;
    options.onEvent({ kind: 'notice', level: 'warn', text });
  }
}

function nameOf({ schema, identifier }: ExistingRelation): string {
  return `${schema}.${identifier}`;
}
