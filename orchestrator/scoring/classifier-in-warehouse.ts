import type { Dialect } from '../dialects/dialect.ts';
import { crossValidate, type LabelledRows, predict, type ValidatedClassifier } from './classifier.ts';
import { nameInputColumns } from './design-sql.ts';
import { fitLogisticInWarehouse } from './logistic-in-warehouse.ts';
import { evaluateClassifier } from './metrics.ts';
import { type ClassifierColumns, checkRowCount, nameInputs } from './read-classifier-rows.ts';
import { type CategoryLevels, renderWorkRows } from './reading-sql.ts';
import type { LogisticConfig } from './score-config.ts';
import { ask, type ScoreJob, type Scoring } from './step.ts';
import { applyTransform } from './transform.ts';
import { fitTransformInWarehouse } from './transform-in-warehouse.ts';
import { createWorkTable, dropWorkTable, renderSpread, type Spread, sampleLimit, type WorkRows } from './work-rows.ts';

/** What a classifier is fitted on. */
export interface ClassifierTask {
  readonly job: ScoreJob;
  readonly config: LogisticConfig;
  readonly columns: ClassifierColumns;
  readonly levels: readonly CategoryLevels[];
  /** Rows of the training dates, which come first. */
  readonly trainingRows: number;
  /** Rows of the later dates that validate; 0 without a time column. */
  readonly validationRows: number;
}

/** A classifier with rows to judge it by: all of them, or some spread evenly over them. */
export interface FittedClassifier {
  readonly validated: ValidatedClassifier;
  readonly training: LabelledRows;
  readonly later: LabelledRows;
}

/** Fits on all training rows in the warehouse; what is read here is a bounded sample, which also judges the fit. */
export function* fitClassifierInWarehouse(task: ClassifierTask, dialect: Dialect): Scoring<FittedClassifier> {
  const { job, columns, levels, trainingRows, validationRows } = task;
  const table = yield* createWorkTable(
    job,
    renderWorkRows(columns.source, columns.trainingNumbers, levels, dialect),
    dialect,
  );
  const counted = yield* ask('query', `select count(*) from ${table}`);
  checkRowCount(job, trainingRows + validationRows, Number(counted.rows[0]?.[0] ?? 0));
  const work: WorkRows = { table, rows: trainingRows, dialect };
  const training = yield* readSpread(task, table, { first: 0, rows: trainingRows, limit: sampleLimit });
  const later = yield* readSpread(task, table, { first: trainingRows, rows: validationRows, limit: sampleLimit });
  const validated = yield* fitAndJudge(task, work, { training, later });
  yield* dropWorkTable(job, dialect);
  return { validated, training, later };
}

function* readSpread(task: ClassifierTask, table: string, spread: Spread): Scoring<LabelledRows> {
  const { columns, levels } = task;
  const inputs = [...columns.trainingNumbers.map(() => number), ...levels.map(() => category)];
  const names = [...nameInputColumns({ inputs }), 'label'];
  const arrays = yield* ask('read-numbers', renderSpread(table, names, spread));
  return {
    columns: nameInputs(columns.trainingNumbers, levels, arrays),
    labels: arrays.at(-1) ?? new Float64Array(0),
  };
}

const number = { kind: 'number' } as const;
const category = { kind: 'category' } as const;

function* fitAndJudge(
  { config, columns }: ClassifierTask,
  work: WorkRows,
  { training, later }: { readonly training: LabelledRows; readonly later: LabelledRows },
): Scoring<ValidatedClassifier> {
  const { params, validation, seed } = config;
  const transform = yield* fitTransformInWarehouse(work, training.columns, {
    log: [],
    winsorise: null,
    flagMissing: true,
  });
  const sample = { x: applyTransform(transform, training.columns), y: training.labels };
  const { c, max_iter: maxIter, tolerance } = params;
  const fit = yield* fitLogisticInWarehouse({ work, transform, sample }, { c, maxIter, tolerance });
  if (columns.source.time === null) {
    const { method, metrics } = crossValidate(training, { folds: validation.folds, seed, params });
    return { transform, fit, method, metrics };
  }
  const metrics = evaluateClassifier(later.labels, predict({ transform, fit }, later.columns));
  return { transform, fit, method: 'later dates', metrics };
}
