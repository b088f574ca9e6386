import { carryOver } from './attachments.ts';
import { extendsColumns } from './columns.ts';
import type { Replacement } from './replacement.ts';
import { ask, execute, type Steps } from './step.ts';
import { swapIn } from './swap.ts';

/** Replaces a view that something hangs on: in place where its columns only grow, else with our own readers remade. */
export function* replaceView(replacement: Replacement): Steps<void> {
  const { job, dialect, temporary, dependents } = replacement;
  const before = yield* ask({ kind: 'describe', relation: job.target });
  const after = yield* ask({ kind: 'describe', relation: temporary });
  if (!extendsColumns(before, after)) {
    return yield* swapIn(replacement, 'view', 'columns of the view would vanish, move or change type');
  }
  yield* execute(dialect.drop(temporary, 'view'));
  yield* execute(dialect.createView(job.target, job.sql, { orReplace: true }));
  // A view that is replaced keeps its rights and comments, and loses its options.
  const options = dependents.filter(({ type }) => type === 'setting');
  yield* carryOver(options, { relation: job.target, type: 'view' }, dialect);
}
