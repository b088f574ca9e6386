import type { Dependent } from '../dialects/dialect.ts';
import type { Column } from '../manifest/relation.ts';
import { compareColumns, sameSpelling } from './columns.ts';
import { collectOwnViews, dropViews, type OwnView, type Replacement, recreateViews } from './replacement.ts';
import { ask, execute, type Steps } from './step.ts';

/**
 * Replaces the rows of a table that views read, and keeps the table: readers see the old rows until the commit, and
 * the views stay bound to it. Columns are added or dropped to match; one that a view of somebody else needs may
 * neither vanish nor change its type.
 */
export function* replaceRows(replacement: Replacement): Steps<void> {
  const { job, dialect, temporary } = replacement;
  const before = yield* ask({ kind: 'describe', relation: job.target });
  const after = yield* ask({ kind: 'describe', relation: temporary });
  const { added, removed, retyped } = compareColumns(before, after, sameSpelling);
  const leaving = [...removed, ...retyped.map(({ before: column }) => column)];
  const views = yield* freeColumns(replacement, leaving);
  yield* dropViews(views, dialect);
  yield* execute(dialect.deleteAll(job.target));
  for (const column of leaving) yield* execute(dialect.dropColumn(job.target, column.name));
  for (const column of [...added, ...retyped.map(({ after: column }) => column)]) {
    yield* execute(dialect.addColumn(job.target, column));
  }
  yield* copyRows(replacement, after);
  yield* execute(dialect.drop(temporary, 'table'));
  yield* recreateViews(views, dialect);
}

function* copyRows({ job, dialect, temporary }: Replacement, columns: readonly Column[]): Steps<void> {
  const names = columns.map((column) => column.name);
  yield* execute(dialect.insertSelect(job.target, names, `select * from ${dialect.renderRelation(temporary)}`));
}

/** Our own views that stand on columns about to leave; throws when others' do. */
function* freeColumns(replacement: Replacement, leaving: readonly Column[]): Steps<readonly OwnView[]> {
  const breaking = replacement.dependents.filter((dependent) => needsAny(dependent, leaving));
  if (breaking.length === 0) return [];
  const names = leaving
    .filter((column) => breaking.some((dependent) => needsAny(dependent, [column])))
    .map((column) => `"${column.name}"`);
  const noun = names.length === 1 ? 'column' : 'columns';
  return yield* collectOwnViews(replacement, breaking, `${noun} ${names.join(', ')} would vanish or change type`);
}

function needsAny(dependent: Dependent, columns: readonly Column[]): boolean {
  return columns.some((column) => dependent.columns.includes(column.name));
}
