import { carryOver, isCarried } from './attachments.ts';
import { collectOwnViews, dropViews, type OwnView, type Replacement, recreateViews } from './replacement.ts';
import { execute, type Steps } from './step.ts';

/**
 * Puts the new relation under the published name. The old one is dropped without cascade; views that read it can only
 * be the project's own, and are made again. Rights and comments go over to the new one; what cannot, blocks.
 */
export function* swapIn(replacement: Replacement, type: 'table' | 'view', reason: string): Steps<void> {
  const { job, dialect, dependents, temporary } = replacement;
  const { existing, target } = job;
  const bound = dependents.filter((dependent) => !isCarried(dependent));
  const views: readonly OwnView[] = bound.length === 0 ? [] : yield* collectOwnViews(replacement, bound, reason);
  yield* dropViews(views, dialect);
  if (existing !== null) yield* execute(dialect.drop(target, existing.type));
  yield* execute(dialect.rename(temporary, type, target.identifier));
  yield* carryOver(dependents, { relation: target, type }, dialect);
  yield* recreateViews(views, dialect);
}
