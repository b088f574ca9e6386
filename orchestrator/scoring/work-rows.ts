import type { Dialect } from '../dialects/dialect.ts';
import { findStride } from './spread.ts';
import { renderNumber } from './sql-text.ts';
import { ask, type ScoreJob, type Scoring } from './step.ts';

/** Inputs as numbers in a temporary table, in the order in which they would be read: the columns of renderWorkRows(). */
export interface WorkRows {
  /** The table, as SQL text. */
  readonly table: string;
  /** Rows from the first on that are learned from; later ones validate. */
  readonly rows: number;
  readonly dialect: Dialect;
}

/** Rows that are read at most to judge a fit made in the warehouse, and to start it near its end. */
export const sampleLimit = 200_000;

/** Makes the temporary table of a fit. */
export function* createWorkTable(job: ScoreJob, sql: string, dialect: Dialect): Scoring<string> {
  yield* dropWorkTable(job, dialect);
  yield* ask('execute', dialect.createTableAs(job.workTable, sql, { temporary: true }));
  return dialect.renderRelation(job.workTable);
}

/** Drops it again: a session may go on to other nodes for hours. */
export function* dropWorkTable(job: ScoreJob, dialect: Dialect): Scoring<void> {
  yield* ask('execute', dialect.drop(job.workTable, 'table'));
}

/** Consecutive rows, of which at most `limit` are taken. */
export interface Spread {
  readonly first: number;
  readonly rows: number;
  readonly limit: number;
}

/** Rows spread over a range, the very ones that sampleRows() takes of rows held here, in their order. */
export function renderSpread(table: string, columns: readonly string[], spread: Spread): string {
  const { first, rows, limit } = spread;
  const position = first === 0 ? 'row_index' : `(row_index - ${first})`;
  const taken = rows <= limit ? [] : [renderTaken(position, rows, limit)];
  const conditions = [`row_index >= ${first}`, `row_index < ${first + rows}`, ...taken];
  return [
    `select ${columns.join(', ')}`,
    `from ${table}`,
    `where ${conditions.join('\n    and ')}`,
    'order by row_index',
  ].join('\n');
}

/** Whether spreadRows() takes a row at this position. */
export function renderTaken(position: string, rows: number, limit: number): string {
  return `mod(${position} * ${findStride(rows)}, ${rows}) < ${limit}`;
}

/** Sums asked at once: warehouses bound the columns of a query. */
const sumsPerQuery = 800;

/**
 * One row of sums over the rows learned from, which may take several queries.
 *
 * @param from what follows `select …`, with the CTEs it needs before.
 */
export function* readSums(
  sums: readonly string[],
  from: { readonly ctes: string; readonly table: string },
): Scoring<Float64Array> {
  const read = new Float64Array(sums.length);
  for (let start = 0; start < sums.length; start += sumsPerQuery) {
    const part = sums.slice(start, start + sumsPerQuery);
    const list = part.map((sum, i) => `    ${sum} as sum_${start + i + 1}`).join(',\n');
    const answer = yield* ask('query', `${from.ctes}select\n${list}\nfrom ${from.table}`);
    part.forEach((_, i) => {
      read[start + i] = Number(answer.rows[0]?.[i] ?? 0);
    });
  }
  return read;
}

/** A weighted sum of columns, with a constant in front. */
export function renderCombination(constant: number, weights: ArrayLike<number>, columns: readonly string[]): string {
  const terms = columns.map((column, i) => `${renderNumber(weights[i] ?? 0)} * ${column}`);
  return [renderNumber(constant), ...terms].join(' + ');
}
