import type { Column } from '../manifest/relation.ts';
import { carryOver, needsAny } from './attachments.ts';
import { type ColumnChanges, compareColumns, sameSpelling } from './columns.ts';
import { matchIndexes } from './indexes.ts';
import { collectOwnViews, dropViews, type OwnView, type Replacement, recreateViews } from './replacement.ts';
import { refreshStatistics } from './statistics.ts';
import { ask, execute, lockTable, type Steps } from './step.ts';

/**
 * Replaces the rows of a table that something hangs on, and keeps the table: readers see the old rows until the commit,
 * and views, keys, rights and triggers of others stay. Columns are added or dropped to match; one that something of
 * somebody else needs may neither vanish nor change its type.
 */
export function* replaceRows(replacement: Replacement): Steps<void> {
  const { job, dialect, temporary, dependents } = replacement;
  yield* lockTable(job, dialect);
  const before = yield* ask({ kind: 'describe', relation: job.target });
  const after = yield* ask({ kind: 'describe', relation: temporary });
  const changes = compareColumns(before, after, sameSpelling);
  const leaving = [...changes.removed, ...changes.retyped.map(({ before: column }) => column)];
  const views = yield* freeColumns(replacement, leaving);
  const late = yield* loosenConstraints(replacement);
  yield* dropViews(views, dialect);
  const rows = yield* moveRows(replacement, changes, after);
  for (const sql of late) yield* execute(sql);
  yield* execute(dialect.drop(temporary, 'table'));
  yield* matchIndexes(job, dialect);
  yield* refreshStatistics(job.target, rows, dialect);
  yield* recreateViews(views, dialect);
  const remade = changes.retyped.map(({ after: { name } }) => name);
  const lost = dependents.filter(({ columns }) => columns.some((column) => remade.includes(column)));
  yield* carryOver(lost, { relation: job.target, type: 'table' }, dialect);
}

/** Takes away the constraints the new rows need not keep, and gives the statements of those that come after them. */
function* loosenConstraints({ job, dialect, temporary }: Replacement): Steps<readonly string[]> {
  const listing = dialect.listConstraintChanges(job.target, temporary);
  if (listing === null) return [];
  const { rows } = yield* ask({ kind: 'query', sql: listing });
  for (const [isLate, sql] of rows) if (isLate !== true) yield* execute(String(sql));
  return rows.filter(([isLate]) => isLate === true).map(([, sql]) => String(sql));
}

/**
 * Where a table of somebody refers to this one, rows are matched by the key it refers to: a row deleted and inserted
 * again would take its rows along, or be refused. Else all are deleted first: changing columns locks readers out.
 */
function* moveRows(replacement: Replacement, changes: ColumnChanges, after: readonly Column[]): Steps<number | null> {
  const { job, dialect, temporary, dependents } = replacement;
  const key = dependents.find(({ type }) => type === 'foreign_key')?.columns;
  const columns = after.map((column) => column.name);
  if (key === undefined) {
    yield* execute(dialect.deleteAll(job.target));
    yield* changeColumns(replacement, changes);
    const rows = `select * from ${dialect.renderRelation(temporary)}`;
    return yield* execute(dialect.insertSelect(job.target, columns, rows));
  }
  const spec = { target: job.target, source: temporary, uniqueKey: key, predicates: [] };
  yield* changeColumns(replacement, changes);
  yield* execute(dialect.deleteMissing(spec));
  const updateColumns = columns.filter((name) => !key.includes(name));
  return yield* execute(dialect.merge({ ...spec, columns, updateColumns }));
}

function* changeColumns({ job, dialect }: Replacement, { added, removed, retyped }: ColumnChanges): Steps<void> {
  for (const column of [...removed, ...retyped.map(({ before }) => before)]) {
    yield* execute(dialect.dropColumn(job.target, column.name));
  }
  for (const column of [...added, ...retyped.map(({ after }) => after)]) {
    yield* execute(dialect.addColumn(job.target, column));
  }
}

/** Our own views that stand on columns about to leave; throws when others' do. */
function* freeColumns(replacement: Replacement, leaving: readonly Column[]): Steps<readonly OwnView[]> {
  const names = leaving.map((column) => column.name);
  const breaking = replacement.dependents.filter((dependent) => needsAny(dependent, names));
  if (breaking.length === 0) return [];
  const needed = names.filter((name) => breaking.some((dependent) => needsAny(dependent, [name])));
  const list = needed.map((name) => `"${name}"`).join(', ');
  const noun = needed.length === 1 ? 'column' : 'columns';
  return yield* collectOwnViews(replacement, breaking, `${noun} ${list} would vanish or change type`);
}
