import type { Dialect } from '../dialects/dialect.ts';
import { StrataError } from '../errors.ts';
import type { Column } from '../manifest/relation.ts';
import { needsAny } from './attachments.ts';
import { type ColumnChanges, compareColumns } from './columns.ts';
import { placeOf, readChoice } from './config.ts';
import { blocked } from './replacement.ts';
import { ask, execute, type Job, type Steps } from './step.ts';

/** The columns of an incremental table and those of its new rows. */
export interface Adaption {
  readonly job: Job;
  readonly dialect: Dialect;
  readonly before: readonly Column[];
  readonly after: readonly Column[];
}

/** Applies `on_schema_change` and gives the columns to be moved. */
export function* adaptColumns(adaption: Adaption): Steps<readonly string[]> {
  const { job, dialect, before, after } = adaption;
  const policy = readPolicy(job);
  const changes = compareColumns(before, after, dialect.isSameType);
  switch (policy) {
    case null:
    case 'ignore':
      return keepColumns(adaption, changes);
    case 'append_new_columns':
      for (const column of changes.added) yield* execute(dialect.addColumn(job.target, column));
      return after.map((column) => column.name);
    case 'sync_all_columns':
      yield* syncColumns(adaption, changes);
      return after.map((column) => column.name);
    case 'fail':
      if (hasChanges(changes)) throw changed(job, changes, 'and on_schema_change is "fail"');
      return before.map((column) => column.name);
  }
  return policy satisfies never;
}

/** Whether `on_schema_change` has something to alter in the table, beside moving rows. */
export function altersColumns({ job, dialect, before, after }: Adaption): boolean {
  const changes = compareColumns(before, after, dialect.isSameType);
  switch (readPolicy(job)) {
    case 'append_new_columns':
      return changes.added.length > 0;
    case 'sync_all_columns':
      return hasChanges(changes);
    default:
      return false;
  }
}

function readPolicy({ node }: Job) {
  return readChoice(node, 'on_schema_change', ['ignore', 'append_new_columns', 'sync_all_columns', 'fail']);
}

/** New columns are left out; one the table has and the query lost cannot be filled. */
function keepColumns({ job, before }: Adaption, changes: ColumnChanges): readonly string[] {
  if (changes.removed.length > 0) {
    throw changed(job, { ...changes, added: [], retyped: [] }, 'and on_schema_change is "ignore"');
  }
  return before.map((column) => column.name);
}

function* syncColumns({ job, dialect }: Adaption, changes: ColumnChanges): Steps<void> {
  const { added, removed, retyped } = changes;
  const leaving = [...removed, ...retyped.map(({ before }) => before)];
  if (dialect.supportsBoundViews && leaving.length > 0) yield* checkReaders(job, leaving);
  for (const column of removed) yield* execute(dialect.dropColumn(job.target, column.name));
  for (const column of added) yield* execute(dialect.addColumn(job.target, column));
  for (const { after } of retyped) yield* execute(dialect.alterColumnType(job.target, after));
}

function* checkReaders(job: Job, leaving: readonly Column[]): Steps<void> {
  const names = leaving.map((column) => column.name);
  const dependents = yield* ask({ kind: 'dependents', relation: job.target });
  const breaking = dependents.filter((dependent) => needsAny(dependent, names));
  if (breaking.length > 0) throw blocked(job, breaking, `columns ${names.join(', ')} would vanish or change type`);
}

function hasChanges({ added, removed, retyped }: ColumnChanges): boolean {
  return added.length + removed.length + retyped.length > 0;
}

function changed({ node }: Job, { added, removed, retyped }: ColumnChanges, why: string): StrataError {
  const parts = [
    ...added.map((column) => `${column.name} (${column.type}) is new`),
    ...removed.map((column) => `${column.name} is gone from the query`),
    ...retyped.map(({ before, after }) => `${after.name} was ${before.type} and is ${after.type}`),
  ];
  return new StrataError(
    'schema-changed',
    `${node.name} changed its columns (${parts.join('; ')}) ${why}.`,
    placeOf(node),
    { hint: 'Run with --full-refresh, or set on_schema_change to append_new_columns or sync_all_columns.' },
  );
}
