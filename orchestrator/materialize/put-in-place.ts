import type { Dialect } from '../dialects/dialect.ts';
import { StrataError } from '../errors.ts';
import type { Relation, RelationType } from '../manifest/relation.ts';
import { placeOf } from './config.ts';
import { isFullRefresh } from './full-refresh.ts';
import { execute, type Job, type Steps } from './step.ts';

/**
 * Runs work that makes relations under names of this run and drops them when it ends, whichever way. One that cannot be
 * dropped is left to the next run, which finds it by its name.
 */
export function* withTemporaries<Result>(drops: readonly string[], work: () => Steps<Result>): Steps<Result> {
  try {
    return yield* work();
  } finally {
    for (const sql of drops) yield* tryToExecute(sql);
  }
}

function* tryToExecute(sql: string): Steps<void> {
  try {
    yield* execute(sql);
  } catch {
    // What the work itself ended with says more.
  }
}

/**
 * Puts a table built aside under the published name by one statement. Where that must leave a moment without the table,
 * it is refused unless a full refresh says yes to it.
 */
export function* putTableInPlace(job: Job, dialect: Dialect, built: Relation): Steps<void> {
  const { target, node, existing } = job;
  const spec = { built, target, node, replaces: existing?.type === 'table' };
  if (existing !== null && !spec.replaces) yield* dropOther(job, dialect);
  try {
    yield* execute(dialect.publishTable(spec));
  } catch (error) {
    checkRefusal(error, job, dialect);
    yield* execute(dialect.drop(target, 'table'));
    yield* execute(dialect.publishTable({ ...spec, replaces: false }));
  }
}

/** Drops what stands under the name and is no relation of the new type; `checkType` has said yes to that. */
export function* dropOther({ target, existing }: Job, dialect: Dialect): Steps<void> {
  if (existing !== null) yield* execute(dialect.drop(target, existing.type));
}

/** Refuses to turn a view into a table or back, which no warehouse of this kind does in one step. */
export function checkType(job: Job, type: RelationType): void {
  const { existing } = job;
  if (existing === null || existing.type === type || isFullRefresh(job)) return;
  throw notReplaced(job, `it is a ${describeType(existing.type)} and would become a ${type}`);
}

/** Throws the error of a replacement, unless it is about the layout and a full refresh allows to drop the old table. */
export function checkRefusal(error: unknown, job: Job, dialect: Dialect): void {
  const isAboutLayout = error instanceof StrataError && dialect.isLayoutRefusal(error.message);
  if (!isAboutLayout) throw error;
  if (!isFullRefresh(job)) throw notReplaced(job, 'its partitions or clusters would change', error);
}

function notReplaced({ target, node }: Job, reason: string, cause?: unknown): StrataError {
  const name = `${target.schema}.${target.identifier}`;
  const message = `${name} was not replaced: ${reason}, and this warehouse cannot do that without a moment in which ${name} is gone.`;
  const hint =
    'Give the model another alias and let readers move over, or run it with --full-refresh to accept the moment.';
  return new StrataError('replace-refused', message, placeOf(node), { hint, cause });
}

function describeType(type: RelationType): string {
  return type.replace('_', ' ');
}
