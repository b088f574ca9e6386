import { expect, test } from 'vitest';
import { exponential, logistic } from '../../../orchestrator/demo/stable-math.ts';

// Reference values to 16 digits, from tables of the exponential function.
const known: readonly (readonly [number, number])[] = [
  [0, 1],
  [2, 7.38905609893065],
  [-1, 0.36787944117144233],
  [0.5, 1.6487212707001282],
  [10, 22026.465794806718],
  [-20, 2.061153622438558e-9],
];

test.each(known)('exponential(%d) is exact to 1e-14', (x, expected) => {
  expect(Math.abs(exponential(x) / expected - 1)).toBeLessThan(1e-14);
});

test('exponential stays exact far out', () => {
  for (const x of [-700, -300.5, 300.5, 700]) expect(Math.abs(exponential(x) / Math.exp(x) - 1)).toBeLessThan(1e-13);
});

test('the logistic function is one half at 0, and symmetric', () => {
  expect(logistic(0)).toBe(0.5);
  expect(logistic(2)).toBeCloseTo(0.8807970779778823, 14);
  expect(logistic(2) + logistic(-2)).toBeCloseTo(1, 14);
});
