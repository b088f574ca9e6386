import type { Dialect } from '../dialects/dialect.ts';
import type { Relation } from '../manifest/relation.ts';
import { listAttached } from './attachments.ts';
import type { Build } from './build.ts';
import { readList, readMapping } from './config.ts';
import { publishStepwise } from './publish-stepwise.ts';
import { replaceRows } from './replace-rows.ts';
import { replaceView } from './replace-view.ts';
import { refreshStatistics } from './statistics.ts';
import { ask, execute, type Job, type Published, type Steps } from './step.ts';
import { swapIn } from './swap.ts';
import { nameTemporary } from './temporary-name.ts';
import { finish, inTransaction, runHooks } from './transaction.ts';

/**
 * Publishes a new relation under the node's name: builds it, has it audited, and makes it visible in one transaction,
 * so that readers see either the old rows or the new, audited ones.
 */
export function* publish(job: Job, dialect: Dialect, build: Build): Steps<Published> {
  if (!dialect.supportsTransactionalDdl) return yield* publishStepwise(job, dialect, build);
  if (isAlone(job, dialect, build)) return yield* publishAlone(job, build);
  return yield* inTransaction(job, dialect, function* () {
    const inPlace = job.existing === null || dialect.supportsReplaceInTransaction;
    const rowsAffected = yield* inPlace ? publishByName(job, dialect, build) : publishAside(job, dialect, build);
    return { relation: job.target, type: build.type, rowsAffected };
  });
}

/** Whether replacing the relation is all there is to do, so that the statement may be its own transaction. */
function isAlone(job: Job, dialect: Dialect, build: Build): boolean {
  const { config } = job.node;
  const hooks = [...config['pre-hook'], ...config['post-hook']];
  return (
    build.isOneStatement &&
    !job.isAudited &&
    dialect.supportsAtomicReplace &&
    (job.existing === null || job.existing.type === build.type) &&
    (build.statements ?? []).length === 0 &&
    !hooks.some((hook) => hook.transaction) &&
    readList(job.node, 'sql_header').length === 0 &&
    Object.keys(readMapping(job.node, 'persist_docs')).length === 0
  );
}

/** One call instead of three: where thousands of small tables are rebuilt, the calls are what takes time. */
function* publishAlone(job: Job, build: Build): Steps<Published> {
  yield* runHooks(job, 'pre', false);
  const rowsAffected = yield* build.create(job.target, job.existing !== null);
  yield* runHooks(job, 'post', false);
  return { relation: job.target, type: build.type, rowsAffected };
}

/** Nobody else sees the open transaction, so the relation is made where it belongs and audited there. */
function* publishByName(job: Job, dialect: Dialect, build: Build): Steps<number | null> {
  const { target, existing } = job;
  const sameType = existing?.type === build.type;
  if (existing !== null && !sameType) yield* execute(dialect.drop(target, existing.type));
  const rows = yield* build.create(target, sameType);
  yield* refreshStatistics(target, rows, dialect);
  if (build.decorate !== undefined) yield* build.decorate(target);
  for (const sql of build.statements ?? []) yield* execute(sql);
  yield* finish(job, dialect, build.type);
  return rows;
}

/**
 * Replacing takes a lock that readers wait for, so it comes last: the relation is built and audited under a temporary
 * name first. Hooks that run inside the transaction may change it, so with them the audit comes after the swap.
 */
function* publishAside(job: Job, dialect: Dialect, build: Build): Steps<number | null> {
  const temporary = nameTemporary(job.target, job.invocationId, dialect);
  const rows = yield* build.create(temporary, false);
  yield* refreshStatistics(temporary, rows, dialect);
  const auditLast = job.node.config['post-hook'].some((hook) => hook.transaction);
  if (job.isAudited && !auditLast) yield* ask({ kind: 'audit', relation: temporary });
  for (const sql of build.statements ?? []) yield* execute(sql);
  yield* replaceExisting(job, dialect, build, temporary);
  yield* finish(auditLast ? job : { ...job, isAudited: false }, dialect, build.type);
  return rows;
}

function* replaceExisting(job: Job, dialect: Dialect, build: Build, temporary: Relation): Steps<void> {
  const dependents = yield* listAttached(job, dialect, temporary);
  const replacement = { job, dialect, dependents, temporary };
  if (dependents.length === 0 || job.existing?.type !== build.type) {
    if (build.decorate !== undefined) yield* build.decorate(temporary);
    return yield* swapIn(replacement, build.type, `the ${job.existing?.type} would become a ${build.type}`);
  }
  return yield* build.type === 'table' ? replaceRows(replacement) : replaceView(replacement);
}
