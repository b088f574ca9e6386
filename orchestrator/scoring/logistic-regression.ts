import { computeHessian, evaluateLoss } from './logistic-kernels.ts';
import { type Matrix, sampleRows, takeRows } from './matrix.ts';
import { type MinimiseOptions, type Minimum, minimiseLoss } from './newton.ts';

export interface LogisticOptions {
  /** Inverse strength of the L2 penalty, as scikit-learn's C. */
  readonly c: number;
  readonly maxIter: number;
  /** Bound on ‖gradient‖∞ of the loss summed over rows. */
  readonly tolerance: number;
}

/** Coefficients, and how they were found: its iterations are those on all rows. */
export interface LogisticFit extends Minimum {
  readonly intercept: number;
  readonly coefficients: Float64Array;
}

/** Rows of the sample on which large problems are solved first: the full fit then starts a step or two from its end. */
const warmStartRows = 50_000;

/**
 * Fits L2-penalised logistic regression by Newton's method (Hastie, Tibshirani & Friedman, The Elements of Statistical
 * Learning, §4.4.1), the intercept unpenalised: minimises Σ log(1 + e^z) − y z + ‖coefficients‖² / (2C).
 *
 * @param x n × p inputs, standardised.
 * @param y n labels, 0 or 1.
 */
export function fitLogisticRegression(x: Matrix, y: Float64Array, options: LogisticOptions): LogisticFit {
  const weights = startWeights(x.columns, y);
  const penalty = 1 / options.c;
  if (x.rows >= 4 * warmStartRows) {
    const { sample, rows } = sampleRows(x, warmStartRows);
    const share = sample.rows / x.rows;
    minimiseHere({ x: sample, y: takeRows(y, rows) }, weights, {
      ...options,
      penalty: penalty * share,
      tolerance: 1e-2,
    });
  }
  const result = minimiseHere({ x, y }, weights, { ...options, penalty });
  return { intercept: weights[0] as number, coefficients: weights.slice(1), ...result };
}

/** Moves `weights` to the minimum over rows held here. */
export function minimiseHere(
  { x, y }: { readonly x: Matrix; readonly y: Float64Array },
  weights: Float64Array,
  options: PenalisedOptions,
): Minimum {
  const { penalty } = options;
  const steps = minimiseLoss(weights, options);
  let next = steps.next();
  while (next.done !== true) {
    const { kind, weights: at } = next.value;
    next = steps.next(kind === 'loss' ? evaluateLoss(x, y, at, penalty) : computeHessian(x, at, penalty));
  }
  return next.value;
}

/** How a penalised loss is minimised. */
export interface PenalisedOptions extends MinimiseOptions {
  /** Half of it times ‖coefficients‖² is added to the loss. */
  readonly penalty: number;
}

/** Probability of a logit z, without overflow on either side. */
export function sigmoid(z: number): number {
  if (z >= 0) return 1 / (1 + Math.exp(-Math.min(z, 700)));
  const growth = Math.exp(Math.max(z, -700));
  return growth / (1 + growth);
}

/** Probabilities of the rows of x. */
export function predictProbabilities(
  x: Matrix,
  model: { readonly intercept: number; readonly coefficients: ArrayLike<number> },
): Float64Array {
  const probabilities = new Float64Array(x.rows);
  for (let i = 0, start = 0; i < x.rows; i++, start += x.columns) {
    let z = model.intercept;
    for (let j = 0; j < x.columns; j++) z += (x.values[start + j] as number) * (model.coefficients[j] as number);
    probabilities[i] = sigmoid(z);
  }
  return probabilities;
}

/** Weights to start from: the share of positives among the labels alone. */
export function startWeights(columns: number, y: Float64Array): Float64Array {
  const weights = new Float64Array(columns + 1);
  weights[0] = logit(meanOf(y));
  return weights;
}

/** The share p as a logit, kept finite where all labels are alike. */
function logit(p: number): number {
  const inside = Math.min(Math.max(p, 1e-6), 1 - 1e-6);
  return Math.log(inside / (1 - inside));
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? 0.5 : sum / values.length;
}
