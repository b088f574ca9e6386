import type { Dialect } from '../dialects/dialect.ts';
import { StrataError } from '../errors.ts';
import type { Column } from '../manifest/relation.ts';
import type { LabelledRows } from './classifier.ts';
import { ColumnFinder } from './columns.ts';
import {
  type CategoryLevels,
  renderLevelsQuery,
  renderReadQuery,
  renderScoredCount,
  renderScoredInputsQuery,
  type TrainingSource,
} from './reading-sql.ts';
import type { LogisticConfig } from './score-config.ts';
import { ask, type ScoreJob, type ScoreRows, type Scoring } from './step.ts';
import type { InputColumn } from './transform.ts';

/** More levels than this are an identifier or free text, not a category. */
const maxLevels = 100;

/** The columns a classifier reads, found in the training rows and in the rows to score. */
export interface ClassifierColumns {
  readonly source: TrainingSource & { readonly label: Column };
  readonly trainingNumbers: readonly Column[];
  readonly trainingCategories: readonly Column[];
  readonly scored: ColumnFinder;
  readonly scoredNumbers: readonly Column[];
  readonly scoredCategories: readonly Column[];
  readonly scoredKey: readonly Column[];
  readonly eligible: Column | null;
}

/** Finds every column named in the config. Throws `score-invalid` for one that is missing or of a wrong type. */
export function* findClassifierColumns(
  job: ScoreRows,
  config: LogisticConfig,
  asOf: string,
  dialect: Dialect,
): Scoring<ClassifierColumns> {
  const trainingSql = `select *\nfrom ${job.training}`;
  const training = new ColumnFinder(yield* ask('describe-query', trainingSql), 'the training rows', job.place, dialect);
  const scored = new ColumnFinder(yield* ask('describe-query', job.sql), 'the rows to score', job.place, dialect);
  const { time_column: time, eligible_column: eligible } = config;
  return {
    source: {
      sql: trainingSql,
      key: training.findAll(config.entity_key),
      label: training.findNumbers([config.label])[0] ?? training.find(config.label),
      time: time === undefined ? null : training.find(time),
      asOf,
    },
    trainingNumbers: training.findNumbers(config.features),
    trainingCategories: training.findAll(config.categorical_features),
    scored,
    scoredNumbers: scored.findNumbers(config.features),
    scoredCategories: scored.findAll(config.categorical_features),
    scoredKey: scored.findAll(config.entity_key),
    eligible: eligible === undefined ? null : findBoolean(scored.find(eligible), job, dialect),
  };
}

function findBoolean(column: Column, job: ScoreRows, dialect: Dialect): Column {
  if (dialect.isSameType(column.type, dialect.typeName('boolean'))) return column;
  const message = `score: eligible_column "${column.name}" is of type ${column.type}, not boolean.`;
  throw new StrataError('score-invalid', message, job.place);
}

/** The levels of each category among the rows observed before a day, in the order of their characters. */
export function* readLevels(
  job: ScoreJob,
  columns: ClassifierColumns,
  until: string | null,
  dialect: Dialect,
): Scoring<readonly CategoryLevels[]> {
  const { source, trainingCategories } = columns;
  if (trainingCategories.length === 0) return [];
  const answer = yield* ask('query', renderLevelsQuery(source, trainingCategories, until, dialect));
  return trainingCategories.map((column, position) => {
    const levels = answer.rows.filter((row) => Number(row[0]) === position).map((row) => String(row[1]));
    if (levels.length > maxLevels) {
      const message = `score: categorical feature "${column.name}" has ${levels.length} levels, more than ${maxLevels}.`;
      const hint = 'Group the rare ones in the SQL, or leave it out.';
      throw new StrataError('score-invalid', message, job.place, { hint });
    }
    return { column, levels: levels.sort(compareText) };
  });
}

/** Not localeCompare: the order must be the same on every machine. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** All training rows, oldest first. Throws `score-invalid` where their number is not the one counted before. */
export function* readLabelledRows(
  job: ScoreJob,
  columns: ClassifierColumns,
  levels: readonly CategoryLevels[],
  expectedRows: number,
  dialect: Dialect,
): Scoring<LabelledRows> {
  const arrays = yield* ask('read-numbers', renderReadQuery(columns.source, columns.trainingNumbers, levels, dialect));
  const labels = arrays.at(-1) ?? new Float64Array(0);
  checkRowCount(job, expectedRows, labels.length);
  return { columns: nameInputs(columns.trainingNumbers, levels, arrays), labels };
}

/** Throws `score-invalid` where the number of training rows is not the one counted before. */
export function checkRowCount(job: ScoreJob, expectedRows: number, rows: number): void {
  if (rows === expectedRows) return;
  const message = `score: the training rows changed while they were read (${expectedRows}, then ${rows}).`;
  throw new StrataError('score-invalid', message, job.place, { hint: 'Run again when nothing writes to them.' });
}

/** The inputs of the rows to score, of `limit` of them at most. */
export function* readScoredInputs(
  { job, columns, levels }: Scored,
  limit: number | null,
  dialect: Dialect,
): Scoring<readonly InputColumn[]> {
  const { scoredKey: key, scoredNumbers: numbers, scoredCategories } = columns;
  const found = levels.map((known, i) => ({ ...known, column: scoredCategories[i] ?? known.column }));
  const size = limit === null ? null : { rows: yield* countScored(job.sql), limit };
  const sql = renderScoredInputsQuery({ sql: job.sql, key, numbers, categories: found }, size, dialect);
  return nameInputs(numbers, found, yield* ask('read-numbers', sql));
}

/** How many rows there are to score. */
export function* countScored(sql: string): Scoring<number> {
  return Number((yield* ask('query', renderScoredCount(sql))).rows[0]?.[0] ?? 0);
}

interface Scored {
  readonly job: ScoreJob;
  readonly columns: ClassifierColumns;
  readonly levels: readonly CategoryLevels[];
}

/** Arrays as they were read, numbers first, with the names of their columns. */
export function nameInputs(
  numbers: readonly Column[],
  levels: readonly CategoryLevels[],
  arrays: readonly Float64Array[],
): readonly InputColumn[] {
  const at = (position: number) => arrays[position] ?? new Float64Array(0);
  return [
    ...numbers.map((column, i): InputColumn => ({ kind: 'number', name: column.name, values: at(i) })),
    ...levels.map(
      ({ column, levels: known }, i): InputColumn => ({
        kind: 'category',
        name: column.name,
        levels: known,
        values: at(numbers.length + i),
      }),
    ),
  ];
}
