import { factorCholesky, solveCholesky } from './cholesky.ts';

/** Where and how far the loss is minimised. */
export interface MinimiseOptions {
  readonly maxIter: number;
  /** Bound on ‖gradient‖∞ of the loss summed over rows. */
  readonly tolerance: number;
  /** A Hessian known to be near that at the start: it is factored in place, and kept while it serves. */
  readonly startHessian?: Float64Array;
}

/** How the minimum was found. */
export interface Minimum {
  /** Steps taken. */
  readonly iterations: number;
  readonly converged: boolean;
  /** ‖gradient‖∞ where it was last looked at: the solution is nearer still. */
  readonly gradientNorm: number;
}

/** Loss and gradient at a point. */
export interface Evaluation {
  /** A sum over rows, penalty included. */
  readonly loss: number;
  readonly gradient: Float64Array;
}

/** What is asked of whoever holds the rows: an Evaluation, or the Hessian (row-major, lower triangle). */
export interface LossRequest {
  readonly kind: 'loss' | 'hessian';
  readonly weights: Float64Array;
}

/** Minimising at work. */
export type Minimising<Result> = Generator<LossRequest, Result, Evaluation | Float64Array>;

/**
 * Moves `weights` to the minimum by Newton's method. A factored Hessian is kept as long as it still shrinks the gradient
 * tenfold per step. Where the rows are does not matter here, so that both places find the same minimum.
 */
export function* minimiseLoss(weights: Float64Array, options: MinimiseOptions): Minimising<Minimum> {
  const { maxIter, tolerance, startHessian } = options;
  let { loss, gradient } = yield* evaluate(weights);
  let norm = largestAbsolute(gradient);
  let factor = startHessian === undefined ? undefined : factorise(startHessian, weights.length);
  let iterations = 0;
  for (; iterations < maxIter && norm > tolerance; iterations++) {
    const fresh = factor === undefined;
    factor ??= factorise(yield* askHessian(weights), weights.length);
    if (factor === undefined) break;
    const next = yield* searchAlong(weights, solveCholesky(factor, gradient), loss);
    if (next === undefined) {
      if (fresh) break;
      factor = undefined;
      continue;
    }
    const nextNorm = largestAbsolute(next.gradient);
    if (nextNorm > 0.1 * norm) factor = undefined;
    ({ loss, gradient } = next);
    norm = nextNorm;
  }
  // One more step costs no look at the rows, and leaves of the tolerance what rounding leaves.
  if (norm <= tolerance && factor !== undefined) move(weights, weights, solveCholesky(factor, gradient));
  return { iterations, converged: norm <= tolerance, gradientNorm: norm };
}

function move(weights: Float64Array, start: Float64Array, step: Float64Array, length = 1): void {
  for (let j = 0; j < weights.length; j++) weights[j] = (start[j] as number) - length * (step[j] as number);
}

/** Halves the step until the loss no longer grows; undefined (weights unchanged) where none helps. */
function* searchAlong(weights: Float64Array, step: Float64Array, loss: number): Minimising<Evaluation | undefined> {
  const start = Float64Array.from(weights);
  // Near the minimum the loss changes by less than its own rounding.
  const slack = 1e-12 * Math.abs(loss) + 1e-12;
  for (let length = 1; length > 1e-9; length /= 2) {
    move(weights, start, step, length);
    const next = yield* evaluate(weights);
    if (next.loss <= loss + slack) return next;
  }
  weights.set(start);
  return undefined;
}

function* evaluate(weights: Float64Array): Minimising<Evaluation> {
  return (yield { kind: 'loss', weights }) as Evaluation;
}

function* askHessian(weights: Float64Array): Minimising<Float64Array> {
  return (yield { kind: 'hessian', weights }) as Float64Array;
}

function factorise(hessian: Float64Array, size: number): Float64Array | undefined {
  return factorCholesky(hessian, size) ? hessian : undefined;
}

function largestAbsolute(values: Float64Array): number {
  let largest = 0;
  for (const value of values) {
    const size = Math.abs(value);
    if (!(size <= largest)) largest = size;
  }
  return largest;
}
