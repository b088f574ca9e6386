import { describe, expect, it } from 'vitest';
import {
  fitLogisticRegression,
  predictProbabilities,
  sigmoid,
} from '../../../orchestrator/scoring/logistic-regression.ts';
import type { Matrix } from '../../../orchestrator/scoring/matrix.ts';
import { createRandom } from '../../../orchestrator/scoring/random.ts';
import { drawClassification } from './sample-data.ts';

const options = { c: 1, maxIter: 100, tolerance: 1e-6 };

// Expected weights: scikit-learn 1.9.1, LogisticRegression(solver='newton-cholesky', tol=1e-12).
describe('fitLogisticRegression', () => {
  it.each([
    [1, 0.6312974645659778, [1.553964341053748, -0.9076468356587495, 0.07027663994627402]],
    [0.05, 0.47467353170345006, [0.952053627666508, -0.5462605798906172, 0.050161770829023636]],
    [1e6, 0.6572396766892314, [1.6378211324149936, -0.9600011068507024, 0.07394312730523653]],
  ])('gives the weights of scikit-learn for C = %f', (c, intercept, coefficients) => {
    const { x, y } = drawClassification();
    const fit = fitLogisticRegression(x, y, { ...options, c });
    expect(fit.converged).toBe(true);
    expect(fit.gradientNorm).toBeLessThanOrEqual(1e-6);
    expect(fit.intercept).toBeCloseTo(intercept, 7);
    coefficients.forEach((value, j) => {
      expect(fit.coefficients[j]).toBeCloseTo(value, 7);
    });
  });

  it('converges where the classes can be separated', () => {
    const x = { values: Float64Array.from([-3, -2, -1, 1, 2, 3]), rows: 6, columns: 1 };
    const fit = fitLogisticRegression(x, Float64Array.from([0, 0, 0, 1, 1, 1]), { ...options, c: 1e4 });
    expect(fit.converged).toBe(true);
    expect(fit.coefficients[0]).toBeGreaterThan(3);
  });

  it('gives a column without variation no weight', () => {
    const { x, y } = drawClassification();
    const values = x.values.map((value, at) => (at % 3 === 2 ? 0 : value));
    const fit = fitLogisticRegression({ ...x, values }, y, options);
    expect(fit.converged).toBe(true);
    expect(fit.coefficients[2]).toBe(0);
  });

  it('reaches the same solution on large data, where it starts from a sample', () => {
    const { x, y } = drawLarge(200_000);
    const fit = fitLogisticRegression(x, y, options);
    expect(fit.converged).toBe(true);
    expect(fit.iterations).toBeLessThanOrEqual(6);
    expect(fit.intercept).toBeCloseTo(-1, 1);
    expect(fit.coefficients[0]).toBeCloseTo(0.8, 1);
    expect(fit.coefficients[1]).toBeCloseTo(-0.4, 1);
  });
});

describe('sigmoid', () => {
  it('neither overflows nor leaves [0, 1]', () => {
    const [lowest, low, ...rest] = [-1e9, -700, 0, 700, 1e9].map(sigmoid);
    expect(lowest).toBe(low);
    expect(low).toBeGreaterThan(9e-305);
    expect(low).toBeLessThan(1e-304);
    expect(rest).toEqual([0.5, 1, 1]);
  });
});

describe('predictProbabilities', () => {
  it('applies intercept and coefficients row by row', () => {
    const x = { values: Float64Array.from([1, 2, 0, 0]), rows: 2, columns: 2 };
    const probabilities = predictProbabilities(x, {
      intercept: Math.log(3),
      coefficients: [Math.log(2), -Math.log(6)],
    });
    expect([...probabilities].map((p) => p.toFixed(12))).toEqual([(1 / 7).toFixed(12), (3 / 4).toFixed(12)]);
  });
});

function drawLarge(rows: number): { readonly x: Matrix; readonly y: Float64Array } {
  const random = createRandom(5);
  const x = { values: new Float64Array(rows * 2), rows, columns: 2 };
  const y = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const a = random() * 2 - 1;
    const b = random() * 2 - 1;
    x.values.set([a, b], i * 2);
    y[i] = random() < sigmoid(-1 + 0.8 * a - 0.4 * b) ? 1 : 0;
  }
  return { x, y };
}
