import type { Dialect } from '../dialects/dialect.ts';
import type { Relation } from '../manifest/relation.ts';
import { findColumn } from './columns.ts';
import { type IncrementalPlan, readUpdateColumns } from './incremental-plan.ts';
import { execute, type Job, type Steps } from './step.ts';

/** New rows on their way from a stage into the table that `job` has as its target. */
export interface Move {
  readonly job: Job;
  readonly dialect: Dialect;
  readonly plan: IncrementalPlan;
  readonly stage: Relation;
  readonly columns: readonly string[];
}

/** Moves the rows as the strategy says. */
export function* moveRows({ job, dialect, plan, stage, columns }: Move): Steps<number | null> {
  const { node, target } = job;
  const { strategy, predicates } = plan;
  const uniqueKey = plan.uniqueKey.map((name) => findColumn(name, columns, dialect));
  const keys = { target, source: stage, uniqueKey, predicates };
  if (strategy === 'merge') {
    const updateColumns = readUpdateColumns(job, columns, dialect);
    return yield* execute(dialect.merge({ ...keys, columns, updateColumns }));
  }
  if (strategy === 'insert_overwrite') {
    return yield* execute(dialect.insertOverwrite({ node, target, source: stage, columns, predicates }));
  }
  if (strategy === 'delete+insert') yield* execute(dialect.deleteMatching(keys));
  const rows = `select * from ${dialect.renderRelation(stage)}`;
  return yield* execute(dialect.insertSelect(target, columns, rows));
}

/** Whether readers see all of a move at once without a transaction around it. */
export function isOneMove({ strategy }: IncrementalPlan): boolean {
  return strategy !== 'delete+insert';
}
