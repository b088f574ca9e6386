import type { Dialect } from '../dialects/dialect.ts';
import { isFullRefresh } from './full-refresh.ts';
import { type IncrementalPlan, readPlan } from './incremental-plan.ts';
import { addRowsStepwise } from './incremental-stepwise.ts';
import { moveRows } from './move-rows.ts';
import { publish } from './publish.ts';
import { adaptColumns } from './schema-change.ts';
import { refreshStatistics } from './statistics.ts';
import { ask, execute, type Job, lockTable, type Published, type Steps } from './step.ts';
import { buildTable } from './table.ts';
import { nameTemporary } from './temporary-name.ts';
import { finish, inTransaction } from './transaction.ts';

/** A table that is built once and then gains or changes rows; the first run and a full refresh make it anew. */
export function materializeIncremental(job: Job, dialect: Dialect): Steps<Published> {
  const plan = readPlan(job, dialect);
  if (job.existing?.type !== 'table' || isFullRefresh(job)) return publish(job, dialect, buildTable(job, dialect));
  if (!dialect.supportsTransactionalDdl) return addRowsStepwise(job, dialect, plan);
  return inTransaction(job, dialect, () => addRows(job, dialect, plan));
}

/** The new rows are computed once into a staging table of the same transaction, then moved. */
function* addRows(job: Job, dialect: Dialect, plan: IncrementalPlan): Steps<Published> {
  const { identifier } = nameTemporary(job.target, job.invocationId, dialect);
  const stage = dialect.temporaryRelation(identifier, job.target);
  yield* lockTable(job, dialect);
  yield* execute(dialect.createTableAs(stage, job.sql, { temporary: true }));
  const before = yield* ask({ kind: 'describe', relation: job.target });
  const after = yield* ask({ kind: 'describe-query', sql: `select * from ${dialect.renderRelation(stage)}` });
  const columns = yield* adaptColumns({ job, dialect, before, after });
  const rowsAffected = yield* moveRows({ job, dialect, plan, stage, columns });
  yield* execute(dialect.drop(stage, 'table'));
  yield* refreshStatistics(job.target, rowsAffected, dialect);
  yield* finish(job, dialect, 'table');
  return { relation: job.target, type: 'table', rowsAffected };
}
