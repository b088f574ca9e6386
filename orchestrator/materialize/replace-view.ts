import { extendsColumns } from './columns.ts';
import type { Replacement } from './replacement.ts';
import { ask, execute, type Steps } from './step.ts';
import { swapIn } from './swap.ts';

/** Replaces a view that other views read: in place where its columns only grow, else with our own readers remade. */
export function* replaceView(replacement: Replacement): Steps<void> {
  const { job, dialect, temporary } = replacement;
  const before = yield* ask({ kind: 'describe', relation: job.target });
  const after = yield* ask({ kind: 'describe', relation: temporary });
  if (!extendsColumns(before, after)) {
    return yield* swapIn(replacement, 'view', 'columns of the view would vanish, move or change type');
  }
  yield* execute(dialect.drop(temporary, 'view'));
  yield* execute(dialect.createView(job.target, job.sql, { orReplace: true }));
}
