import type { Dialect } from '../dialects/dialect.ts';
import { StrataError } from '../errors.ts';
import type { Node } from '../manifest/node.ts';
import type { Relation } from '../manifest/relation.ts';
import { placeOf, readList } from './config.ts';
import { finish, inTransaction, isFullRefresh, publish } from './publish.ts';
import { adaptColumns } from './schema-change.ts';
import { refreshStatistics } from './statistics.ts';
import { ask, execute, type Job, lockTable, type Published, type Steps } from './step.ts';
import { buildTable } from './table.ts';
import { nameTemporary } from './temporary-name.ts';

/** What an incremental model may do with new rows. */
export const strategies = ['append', 'delete+insert', 'merge'] as const;

/** A table that is built once and then gains or changes rows; the first run and a full refresh make it anew. */
export function materializeIncremental(job: Job, dialect: Dialect): Steps<Published> {
  const plan = readPlan(job);
  if (job.existing?.type !== 'table' || isFullRefresh(job)) return publish(job, dialect, buildTable(job, dialect));
  return inTransaction(job, () => addRows(job, dialect, plan));
}

/** Checks what the settings of an incremental model say together. Throws `materialization-invalid`. */
export function checkIncremental(node: Node): void {
  const name = String(node.config['incremental_strategy'] ?? 'default').toLowerCase();
  if (['default', 'delete_insert', ...strategies].includes(name)) readPlan({ node });
  readUpdateColumns({ node }, []);
}

interface Plan {
  readonly strategy: (typeof strategies)[number];
  readonly uniqueKey: readonly string[];
  readonly predicates: readonly string[];
}

/** dbt's default: replace rows by key where there is one, else append. A merge without key has nothing to match. */
function readPlan({ node }: Pick<Job, 'node'>): Plan {
  const uniqueKey = readList(node, 'unique_key');
  const wanted = readStrategy(node);
  const predicates = readList(node, node.config['incremental_predicates'] ? 'incremental_predicates' : 'predicates');
  const strategy = wanted === 'delete_insert' ? 'delete+insert' : wanted;
  const keyed = uniqueKey.length > 0;
  if (strategy === 'delete+insert' && !keyed) {
    const hint = 'Set unique_key to the column, or the list of columns, that tells rows apart.';
    const message = `${node.name}: delete+insert needs a unique_key.`;
    throw new StrataError('materialization-invalid', message, placeOf(node), { hint });
  }
  if (!keyed) return { strategy: 'append', uniqueKey, predicates };
  return { strategy: strategy === null || strategy === 'default' ? 'delete+insert' : strategy, uniqueKey, predicates };
}

/** Names that mean nothing are refused before the run; what is left is dbt's for other warehouses, or a project's own. */
function readStrategy(node: Node): (typeof strategies)[number] | 'default' | 'delete_insert' | null {
  const written = node.config['incremental_strategy'];
  if (written === undefined || written === null) return null;
  const known = [...strategies, 'default', 'delete_insert'] as const;
  const found = known.find((name) => name === String(written).toLowerCase());
  if (found !== undefined) return found;
  const message = `${node.name}: incremental strategy "${written}" is not supported yet.`;
  const hint = `Supported: ${strategies.join(', ')}.`;
  throw new StrataError('materialization-invalid', message, placeOf(node), { hint });
}

/** The new rows are computed once into a staging table of the same transaction, then moved. */
function* addRows(job: Job, dialect: Dialect, plan: Plan): Steps<Published> {
  const stage = dialect.temporaryRelation(nameTemporary(job.target, job.invocationId, dialect).identifier, job.target);
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

interface Move {
  readonly job: Job;
  readonly dialect: Dialect;
  readonly plan: Plan;
  readonly stage: Relation;
  readonly columns: readonly string[];
}

function* moveRows({ job, dialect, plan, stage, columns }: Move): Steps<number | null> {
  const { uniqueKey, predicates } = plan;
  const keys = { target: job.target, source: stage, uniqueKey, predicates };
  if (plan.strategy === 'merge') {
    return yield* execute(dialect.merge({ ...keys, columns, updateColumns: readUpdateColumns(job, columns) }));
  }
  if (plan.strategy === 'delete+insert') yield* execute(dialect.deleteMatching(keys));
  const rows = `select * from ${dialect.renderRelation(stage)}`;
  return yield* execute(dialect.insertSelect(job.target, columns, rows));
}

/** Columns a merge updates: those named, or all but those excluded. */
function readUpdateColumns({ node }: Pick<Job, 'node'>, columns: readonly string[]): readonly string[] {
  const only = readList(node, 'merge_update_columns').map((name) => name.toLowerCase());
  const except = readList(node, 'merge_exclude_columns').map((name) => name.toLowerCase());
  if (only.length > 0 && except.length > 0) {
    throw new StrataError(
      'materialization-invalid',
      `${node.name}: merge_update_columns and merge_exclude_columns cannot both be set.`,
      placeOf(node),
      { hint: 'Keep one of them.' },
    );
  }
  if (only.length > 0) return columns.filter((name) => only.includes(name.toLowerCase()));
  return columns.filter((name) => !except.includes(name.toLowerCase()));
}
