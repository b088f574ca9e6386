import type { Dialect } from '../dialects/dialect.ts';
import type { Build } from './build.ts';
import { checkRefusal, checkType, dropOther, putTableInPlace, withTemporaries } from './put-in-place.ts';
import { ask, execute, type Job, type Published, type Steps } from './step.ts';
import { nameTemporary } from './temporary-name.ts';
import { groupChanges, withoutTransaction } from './transaction.ts';

/**
 * Publishes where DDL cannot be rolled back: the relation is built and audited under a temporary name and then put in
 * place by one statement. A kill between two steps leaves the old relation or the new one, and never half of one.
 */
export function* publishStepwise(job: Job, dialect: Dialect, build: Build): Steps<Published> {
  checkType(job, build.type);
  return yield* withoutTransaction(job, dialect, function* () {
    const rowsAffected = isOneStep(job, dialect, build)
      ? yield* publishAtOnce(job, dialect, build)
      : yield* publishAside(job, dialect, build);
    const published: Published = { relation: job.target, type: build.type, rowsAffected };
    yield* ask({ kind: 'published', published });
    return published;
  });
}

/** Whether one statement makes the relation whole and nobody has to look at it first. */
function isOneStep(job: Job, dialect: Dialect, build: Build): boolean {
  const { existing, isAudited } = job;
  if (isAudited || (build.statements ?? []).length > 0) return false;
  if (build.type === 'table' && !build.isOneStatement) return false;
  return existing === null || (existing.type === build.type && dialect.supportsAtomicReplace);
}

function* publishAtOnce(job: Job, dialect: Dialect, build: Build): Steps<number | null> {
  try {
    return yield* build.create(job.target, job.existing !== null);
  } catch (error) {
    checkRefusal(error, job, dialect);
    return yield* publishAside(job, dialect, build);
  }
}

/**
 * What is registered (models and their scores) is written after the audit and before the relation is seen: killed in
 * between, the register knows a model whose scores are not out yet, and the next run publishes them. The other way round
 * scores would be read that no model accounts for.
 */
function publishAside(job: Job, dialect: Dialect, build: Build): Steps<number | null> {
  const built = nameTemporary(job.target, job.invocationId, dialect);
  return withTemporaries([dialect.drop(built, build.type)], function* () {
    // A second attempt of the same run finds the table of the first.
    const rows = yield* build.create(built, dialect.supportsAtomicReplace);
    if (build.decorate !== undefined) yield* build.decorate(built);
    if (job.isAudited) yield* ask({ kind: 'audit', relation: built });
    yield* writeRegister(dialect, build.statements ?? []);
    if (build.type === 'table') yield* putTableInPlace(job, dialect, built);
    else yield* putViewInPlace(job, dialect, build);
    return rows;
  });
}

function* writeRegister(dialect: Dialect, statements: readonly string[]): Steps<void> {
  if (statements.length === 0) return;
  yield* groupChanges(dialect, function* () {
    for (const sql of statements) yield* execute(sql);
  });
}

/** A view is made again from the same text under its own name. */
function* putViewInPlace(job: Job, dialect: Dialect, build: Build): Steps<void> {
  const isReplaced = job.existing?.type === 'view';
  if (!isReplaced) yield* dropOther(job, dialect);
  yield* build.create(job.target, isReplaced);
}
