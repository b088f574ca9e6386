import { fitLogisticRegression, type LogisticFit, predictProbabilities } from './logistic-regression.ts';
import { takeRows } from './matrix.ts';
import { type ClassificationMetrics, evaluateClassifier } from './metrics.ts';
import type { LogisticConfig } from './score-config.ts';
import { assignStratifiedFolds, findRows } from './stratified-folds.ts';
import { applyTransform, fitTransform, type InputColumn, type Transform, type TransformOptions } from './transform.ts';

/** Labelled rows: inputs of the design matrix and whether the event happened (0 or 1). */
export interface LabelledRows {
  readonly columns: readonly InputColumn[];
  readonly labels: Float64Array;
}

/** A transform and the logistic regression fitted on what it gave. */
export interface Classifier {
  readonly transform: Transform;
  readonly fit: LogisticFit;
}

/** A fitted classifier and how it did on rows it had not seen. */
export interface ValidatedClassifier extends Classifier {
  readonly method: 'later dates' | 'cross-validation';
  readonly metrics: ClassificationMetrics;
}

const transformOptions: TransformOptions = { log: [], winsorise: null, flagMissing: true };

/** Fits transform and coefficients on the given rows alone. */
function fitClassifier(rows: LabelledRows, params: LogisticConfig['params']): Classifier {
  const transform = fitTransform(rows.columns, transformOptions);
  const { c, max_iter: maxIter, tolerance } = params;
  const fit = fitLogisticRegression(applyTransform(transform, rows.columns), rows.labels, { c, maxIter, tolerance });
  return { transform, fit };
}

/** Probabilities of rows by a fitted classifier. */
export function predict(
  classifier: {
    readonly transform: Transform;
    readonly fit: { readonly intercept: number; readonly coefficients: ArrayLike<number> };
  },
  columns: readonly InputColumn[],
): Float64Array {
  return predictProbabilities(applyTransform(classifier.transform, columns), classifier.fit);
}

/** Fits on the first `trainingRows` rows (the earlier dates) and judges by the others. */
export function validateByTime(
  rows: LabelledRows,
  trainingRows: number,
  params: LogisticConfig['params'],
): ValidatedClassifier {
  const classifier = fitClassifier(sliceRows(rows, 0, trainingRows), params);
  const later = sliceRows(rows, trainingRows, rows.labels.length);
  const metrics = evaluateClassifier(later.labels, predict(classifier, later.columns));
  return { ...classifier, method: 'later dates', metrics };
}

/** Fits on all rows; the metrics are those of stratified folds, each judged by a fit on the others. */
export function crossValidate(
  rows: LabelledRows,
  options: { readonly folds: number; readonly seed: number; readonly params: LogisticConfig['params'] },
): ValidatedClassifier {
  const { folds, seed, params } = options;
  const assigned = assignStratifiedFolds(rows.labels, folds, seed);
  const probabilities = new Float64Array(rows.labels.length);
  for (let fold = 0; fold < folds; fold++) {
    const held = findRows(assigned.length, (row) => assigned[row] === fold);
    const others = findRows(assigned.length, (row) => assigned[row] !== fold);
    const predicted = predict(fitClassifier(pickRows(rows, others), params), pickRows(rows, held).columns);
    held.forEach((row, i) => {
      probabilities[row] = predicted[i] as number;
    });
  }
  const metrics = evaluateClassifier(rows.labels, probabilities);
  return { ...fitClassifier(rows, params), method: 'cross-validation', metrics };
}

/** Consecutive rows, sharing memory with the whole. */
export function sliceRows(rows: LabelledRows, start: number, end: number): LabelledRows {
  return {
    columns: rows.columns.map((column) => ({ ...column, values: column.values.subarray(start, end) })),
    labels: rows.labels.subarray(start, end),
  };
}

function pickRows(rows: LabelledRows, picked: Uint32Array): LabelledRows {
  return {
    columns: rows.columns.map((column) => ({ ...column, values: takeRows(column.values, picked) })),
    labels: takeRows(rows.labels, picked),
  };
}
