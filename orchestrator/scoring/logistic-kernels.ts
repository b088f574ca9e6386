import type { Matrix } from './matrix.ts';
import type { Evaluation } from './newton.ts';

// Inner loops of logistic regression. weights = (intercept, coefficients…), p + 1 long.

/**
 * Penalised negative log-likelihood and its gradient in one pass over the rows:
 * Σ log(1 + e^z) − y z + ½ penalty ‖coefficients‖², z = intercept + x · coefficients.
 *
 * @returns sums over rows, not means; the gradient is p + 1 long.
 */
export function evaluateLoss(x: Matrix, y: Float64Array, weights: Float64Array, penalty: number): Evaluation {
  const { values, rows, columns } = x;
  const gradient = new Float64Array(columns + 1);
  let loss = 0;
  for (let i = 0, start = 0; i < rows; i++, start += columns) {
    let z = weights[0] as number;
    for (let j = 0; j < columns; j++) z += (values[start + j] as number) * (weights[j + 1] as number);
    const label = y[i] as number;
    const decay = Math.exp(z > 0 ? -z : z);
    loss += Math.log1p(decay) + Math.max(z, 0) - label * z;
    const error = (z > 0 ? 1 : decay) / (1 + decay) - label;
    gradient[0] = (gradient[0] as number) + error;
    for (let j = 0; j < columns; j++) {
      gradient[j + 1] = (gradient[j + 1] as number) + error * (values[start + j] as number);
    }
  }
  return { loss: loss + addPenalty(weights, penalty, gradient), gradient };
}

/** Adds the penalty's part to a gradient of the plain loss, and gives its part of the loss; none on the intercept. */
export function addPenalty(weights: Float64Array, penalty: number, gradient: Float64Array): number {
  let loss = 0;
  for (let j = 1; j < weights.length; j++) {
    const weight = weights[j] as number;
    loss += 0.5 * penalty * weight * weight;
    gradient[j] = (gradient[j] as number) + penalty * weight;
  }
  return loss;
}

/**
 * The Hessian of the same loss, Xᵀ W X + penalty on the diagonal (none on the intercept), W = μ (1 − μ).
 * Four rows are taken together, which loads and stores each sum a quarter as often.
 *
 * @returns (p + 1) × (p + 1), row-major, lower triangle only.
 */
export function computeHessian(x: Matrix, weights: Float64Array, penalty: number): Float64Array {
  const { values, rows, columns } = x;
  const size = columns + 1;
  const hessian = new Float64Array(size * size);
  const block = new Float64Array(4 * size);
  const curvatures = new Float64Array(4);
  for (let first = 0; first < rows; first += 4) {
    const height = Math.min(4, rows - first);
    curvatures.fill(0);
    for (let r = 0; r < height; r++) {
      const start = (first + r) * columns;
      const at = r * size;
      block[at] = 1;
      let z = weights[0] as number;
      for (let j = 0; j < columns; j++) {
        const value = values[start + j] as number;
        block[at + j + 1] = value;
        z += value * (weights[j + 1] as number);
      }
      const decay = Math.exp(z > 0 ? -z : z);
      curvatures[r] = decay / ((1 + decay) * (1 + decay));
    }
    addBlock(hessian, block, curvatures, size);
  }
  for (let j = 1; j < size; j++) hessian[j * size + j] = (hessian[j * size + j] as number) + penalty;
  return hessian;
}

function addBlock(hessian: Float64Array, block: Float64Array, curvatures: Float64Array, size: number): void {
  const second = size;
  const third = 2 * size;
  const fourth = 3 * size;
  for (let j = 0; j < size; j++) {
    const a = (curvatures[0] as number) * (block[j] as number);
    const b = (curvatures[1] as number) * (block[second + j] as number);
    const c = (curvatures[2] as number) * (block[third + j] as number);
    const d = (curvatures[3] as number) * (block[fourth + j] as number);
    const row = j * size;
    for (let k = 0; k <= j; k++) {
      hessian[row + k] =
        (hessian[row + k] as number) +
        (a * (block[k] as number) +
          b * (block[second + k] as number) +
          c * (block[third + k] as number) +
          d * (block[fourth + k] as number));
    }
  }
}
