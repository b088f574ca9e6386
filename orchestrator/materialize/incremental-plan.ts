import type { Dialect, IncrementalStrategy } from '../dialects/dialect.ts';
import { StrataError } from '../errors.ts';
import type { Node } from '../manifest/node.ts';
import { findColumn } from './columns.ts';
import { placeOf, readList } from './config.ts';
import type { Job } from './step.ts';

/** What incremental models may do with new rows on one warehouse or another. */
export const strategies: readonly IncrementalStrategy[] = ['append', 'delete+insert', 'merge', 'insert_overwrite'];

/** Words that leave the choice to the warehouse, and another spelling. */
const otherWords = ['default', 'delete_insert'];

/** What an incremental model does with its new rows. */
export interface IncrementalPlan {
  readonly strategy: IncrementalStrategy;
  readonly uniqueKey: readonly string[];
  readonly predicates: readonly string[];
}

/** Checks what the settings of an incremental model say together. Throws `materialization-invalid`. */
export function checkIncremental(node: Node, dialect: Dialect): void {
  const name = String(node.config['incremental_strategy'] ?? 'default').toLowerCase();
  if ([...otherWords, ...dialect.incrementalStrategies].includes(name)) readPlan({ node }, dialect);
  readUpdateColumns({ node }, [], dialect);
}

/**
 * Where there is a key rows are replaced by it, in the way this warehouse does best, else they are appended. A merge
 * without key has nothing to match; partitions need none.
 */
export function readPlan({ node }: Pick<Job, 'node'>, dialect: Dialect): IncrementalPlan {
  const uniqueKey = readList(node, 'unique_key');
  const wanted = readStrategy(node, dialect);
  const predicates = readList(node, node.config['incremental_predicates'] ? 'incremental_predicates' : 'predicates');
  const keyed = uniqueKey.length > 0;
  if (wanted === 'delete+insert' && !keyed) {
    const hint = 'Set unique_key to the column, or the list of columns, that tells rows apart.';
    const message = `${node.name}: delete+insert needs a unique_key.`;
    throw new StrataError('materialization-invalid', message, placeOf(node), { hint });
  }
  if (!keyed && wanted !== 'insert_overwrite') return { strategy: 'append', uniqueKey, predicates };
  return { strategy: wanted ?? dialect.incrementalStrategies[0] ?? 'append', uniqueKey, predicates };
}

/** Names that mean nothing are refused before the run; what is left is dbt's for other warehouses, or a project's own. */
function readStrategy(node: Node, { name: warehouse, incrementalStrategies }: Dialect): IncrementalStrategy | null {
  const written = node.config['incremental_strategy'];
  const lower = String(written ?? 'default').toLowerCase();
  if (lower === 'default') return null;
  const found = incrementalStrategies.find((name) => name === lower.replace('delete_insert', 'delete+insert'));
  if (found !== undefined) return found;
  const message = `${node.name}: incremental strategy "${written}" is not supported on ${warehouse}.`;
  const hint = `Supported: ${[...incrementalStrategies].sort().join(', ')}.`;
  throw new StrataError('materialization-invalid', message, placeOf(node), { hint });
}

/** Columns a merge updates: those named, or all but those excluded. */
export function readUpdateColumns(
  { node }: Pick<Job, 'node'>,
  columns: readonly string[],
  dialect: Dialect,
): readonly string[] {
  const read = (key: string) => readList(node, key).map((name) => findColumn(name, columns, dialect));
  const [only, except] = [read('merge_update_columns'), read('merge_exclude_columns')];
  if (only.length > 0 && except.length > 0) {
    throw new StrataError(
      'materialization-invalid',
      `${node.name}: merge_update_columns and merge_exclude_columns cannot both be set.`,
      placeOf(node),
      { hint: 'Keep one of them.' },
    );
  }
  return columns.filter((name) => (only.length > 0 ? only.includes(name) : !except.includes(name)));
}
