import { factorCholesky, solveCholesky } from './cholesky.ts';
import { computeHessian, evaluateLoss } from './logistic-kernels.ts';
import { type Matrix, sampleRows, takeRows } from './matrix.ts';

export interface LogisticOptions {
  /** Inverse strength of the L2 penalty, as scikit-learn's C. */
  readonly c: number;
  readonly maxIter: number;
  /** Bound on ‖gradient‖∞ of the loss summed over rows. */
  readonly tolerance: number;
}

export interface LogisticFit {
  readonly intercept: number;
  readonly coefficients: Float64Array;
  /** Newton steps on all rows. */
  readonly iterations: number;
  readonly converged: boolean;
  /** ‖gradient‖∞ at the solution. */
  readonly gradientNorm: number;
}

/** Rows of the sample on which large problems are solved first: the full fit then starts a step or two from its end. */
const warmStartRows = 50_000;

/**
 * Fits L2-penalised logistic regression by Newton's method (Hastie, Tibshirani & Friedman, The Elements of Statistical
 * Learning, §4.4.1), the intercept unpenalised: minimises Σ log(1 + e^z) − y z + ‖coefficients‖² / (2C). A factored
 * Hessian is kept as long as it still shrinks the gradient tenfold per step.
 *
 * @param x n × p inputs, standardised.
 * @param y n labels, 0 or 1.
 */
export function fitLogisticRegression(x: Matrix, y: Float64Array, options: LogisticOptions): LogisticFit {
  const weights = new Float64Array(x.columns + 1);
  weights[0] = logit(meanOf(y));
  const penalty = 1 / options.c;
  if (x.rows >= 4 * warmStartRows) {
    const { sample, rows } = sampleRows(x, warmStartRows);
    const share = sample.rows / x.rows;
    minimise(sample, takeRows(y, rows), weights, { ...options, penalty: penalty * share, tolerance: 1e-2 });
  }
  const result = minimise(x, y, weights, { ...options, penalty });
  return { intercept: weights[0] as number, coefficients: weights.slice(1), ...result };
}

interface MinimiseOptions {
  readonly penalty: number;
  readonly maxIter: number;
  readonly tolerance: number;
}

type MinimiseResult = Pick<LogisticFit, 'iterations' | 'converged' | 'gradientNorm'>;

/** Moves `weights` to the minimum. */
function minimise(x: Matrix, y: Float64Array, weights: Float64Array, options: MinimiseOptions): MinimiseResult {
  const { penalty, maxIter, tolerance } = options;
  const gradient = new Float64Array(weights.length);
  let loss = evaluateLoss(x, y, { weights, penalty, gradient });
  let norm = largestAbsolute(gradient);
  let factor: Float64Array | undefined;
  let iterations = 0;
  for (; iterations < maxIter && norm > tolerance; iterations++) {
    const fresh = factor === undefined;
    factor ??= factorHessian(x, weights, penalty);
    if (factor === undefined) break;
    const step = solveCholesky(factor, gradient);
    const next = searchAlong(x, y, { weights, step, gradient, loss, penalty });
    if (next === undefined) {
      if (fresh) break;
      factor = undefined;
      loss = evaluateLoss(x, y, { weights, penalty, gradient });
      continue;
    }
    const nextNorm = largestAbsolute(gradient);
    if (nextNorm > 0.1 * norm) factor = undefined;
    loss = next;
    norm = nextNorm;
  }
  return { iterations, converged: norm <= tolerance, gradientNorm: norm };
}

function factorHessian(x: Matrix, weights: Float64Array, penalty: number): Float64Array | undefined {
  const hessian = computeHessian(x, weights, penalty);
  return factorCholesky(hessian, weights.length) ? hessian : undefined;
}

interface Search {
  readonly weights: Float64Array;
  readonly step: Float64Array;
  readonly gradient: Float64Array;
  readonly loss: number;
  readonly penalty: number;
}

/** Halves the step until the loss no longer grows; the new loss, or undefined (weights unchanged) where none helps. */
function searchAlong(x: Matrix, y: Float64Array, search: Search): number | undefined {
  const { weights, step, gradient, loss, penalty } = search;
  const start = Float64Array.from(weights);
  // Near the minimum the loss changes by less than its own rounding.
  const slack = 1e-12 * Math.abs(loss) + 1e-12;
  for (let length = 1; length > 1e-9; length /= 2) {
    for (let j = 0; j < weights.length; j++) {
      weights[j] = (start[j] as number) - length * (step[j] as number);
    }
    const next = evaluateLoss(x, y, { weights, penalty, gradient });
    if (next <= loss + slack) return next;
  }
  weights.set(start);
  return undefined;
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

function largestAbsolute(values: Float64Array): number {
  let largest = 0;
  for (const value of values) {
    const size = Math.abs(value);
    if (!(size <= largest)) largest = size;
  }
  return largest;
}
