import type { Dialect } from '../dialects/dialect.ts';
import type { Column, Relation } from '../manifest/relation.ts';
import type { IncrementalPlan } from './incremental-plan.ts';
import { isOneMove, type Move, moveRows } from './move-rows.ts';
import { putTableInPlace, withTemporaries } from './put-in-place.ts';
import { adaptColumns, altersColumns } from './schema-change.ts';
import { putHeader } from './sql-header.ts';
import { ask, execute, type Job, lockTable, type Published, type Steps } from './step.ts';
import { nameStage, nameTemporary } from './temporary-name.ts';
import { groupChanges, withoutTransaction } from './transaction.ts';

/**
 * Adds rows where DDL cannot be rolled back. What nobody has to look at first goes straight into the table, if readers
 * see it all at once; else a clone of the table is changed and audited and takes its place by one statement.
 */
export function* addRowsStepwise(job: Job, dialect: Dialect, plan: IncrementalPlan): Steps<Published> {
  return yield* withoutTransaction(job, dialect, function* () {
    const stage = nameStage(job.target, job.invocationId, dialect);
    const rowsAffected = yield* withTemporaries([dialect.drop(stage, 'table')], () =>
      addFrom({ job, dialect, plan, stage }),
    );
    const published: Published = { relation: job.target, type: 'table', rowsAffected };
    yield* ask({ kind: 'published', published });
    return published;
  });
}

type Addition = Omit<Move, 'columns'>;

function* addFrom(addition: Addition): Steps<number | null> {
  const { job, dialect, stage, plan } = addition;
  const create = dialect.createTableAs(stage, job.sql, { temporary: true, orReplace: dialect.supportsAtomicReplace });
  yield* execute(putHeader(create, job, dialect));
  const before = yield* ask({ kind: 'describe', relation: job.target });
  const after = yield* ask({ kind: 'describe-query', sql: `select * from ${dialect.renderRelation(stage)}` });
  const adaption = { job, dialect, before, after };
  const isWhole = isOneMove(plan) || dialect.supportsTransactionalDml;
  if (job.isAudited || !isWhole || altersColumns(adaption)) return yield* addAside(addition, before, after);
  const columns = yield* adaptColumns(adaption);
  return yield* addInPlace({ ...addition, columns });
}

/** Without an alteration of the table all that happens is the move. */
function* addInPlace(move: Move): Steps<number | null> {
  const { job, dialect, plan } = move;
  if (isOneMove(plan)) return yield* moveRows(move);
  return yield* groupChanges(dialect, function* () {
    yield* lockTable(job, dialect);
    return yield* moveRows(move);
  });
}

/** The published table stays as it is until its changed clone has passed the audit. */
function* addAside(addition: Addition, before: readonly Column[], after: readonly Column[]): Steps<number | null> {
  const { job, dialect } = addition;
  const clone: Relation = nameTemporary(job.target, job.invocationId, dialect);
  const onClone: Job = { ...job, target: clone };
  return yield* withTemporaries([dialect.drop(clone, 'table')], function* () {
    yield* execute(dialect.cloneTable(job.target, clone, job.node));
    const columns = yield* adaptColumns({ job: onClone, dialect, before, after });
    const rows = yield* moveRows({ ...addition, job: onClone, columns });
    if (job.isAudited) yield* ask({ kind: 'audit', relation: clone });
    yield* putTableInPlace(job, dialect, clone);
    return rows;
  });
}
