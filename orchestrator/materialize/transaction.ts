import type { Dialect } from '../dialects/dialect.ts';
import type { RelationType } from '../manifest/relation.ts';
import { persistDocs } from './comments.ts';
import { runHeader } from './sql-header.ts';
import { ask, type Job, type Published, type Steps } from './step.ts';

/** Wraps a node's work with its hooks and its transaction. */
export function* inTransaction(job: Job, dialect: Dialect, work: () => Steps<Published>): Steps<Published> {
  yield* runHooks(job, 'pre', false);
  yield* ask({ kind: 'begin' });
  yield* runHooks(job, 'pre', true);
  yield* runHeader(job, dialect);
  const published = yield* work();
  yield* ask({ kind: 'commit' });
  yield* runHooks(job, 'post', false);
  return published;
}

/** What closes every publication: comments, the hooks inside the transaction, and the audit of what will be seen. */
export function* finish(job: Job, dialect: Dialect, type: RelationType): Steps<void> {
  yield* persistDocs(job, dialect, type);
  yield* runHooks(job, 'post', true);
  if (job.isAudited) yield* ask({ kind: 'audit', relation: job.target });
}

/**
 * The same work where DDL cannot be rolled back: hooks keep their order, those meant for the transaction too. Those
 * after the work find the published relation, since rights and settings given to another would not last; what they
 * change in its rows comes after the audit.
 */
export function* withoutTransaction(job: Job, dialect: Dialect, work: () => Steps<Published>): Steps<Published> {
  yield* runHooks(job, 'pre', false);
  yield* runHooks(job, 'pre', true);
  yield* runHeader(job, dialect);
  const published = yield* work();
  yield* persistDocs(job, dialect, published.type);
  yield* runHooks(job, 'post', true);
  yield* runHooks(job, 'post', false);
  return published;
}

/** Makes statements that change rows one transaction, where the warehouse has those at least. */
export function* groupChanges<Result>(dialect: Dialect, work: () => Steps<Result>): Steps<Result> {
  if (!dialect.supportsTransactionalDml) return yield* work();
  yield* ask({ kind: 'begin' });
  const result = yield* work();
  yield* ask({ kind: 'commit' });
  return result;
}

/** Runs the node's hooks of one kind, if it has any. */
export function* runHooks(job: Job, when: 'pre' | 'post', transaction: boolean): Steps<void> {
  const hooks = when === 'pre' ? job.node.config['pre-hook'] : job.node.config['post-hook'];
  if (hooks.some((hook) => hook.transaction === transaction)) yield* ask({ kind: 'hooks', when, transaction });
}
