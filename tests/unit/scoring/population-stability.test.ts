import { describe, expect, it } from 'vitest';
import { computeCategoryPsi, computePsi, nameStability } from '../../../orchestrator/scoring/population-stability.ts';

describe('computePsi', () => {
  const reference = Float64Array.from({ length: 100 }, (_, i) => i);

  it('is 0 for the same distribution', () => {
    expect(computePsi(reference, reference)).toBe(0);
  });

  it('floors empty bins', () => {
    const psi = computePsi(
      reference,
      reference.map(() => 1000),
    );
    const expected = 9 * (1e-4 - 0.1) * Math.log(1e-4 / 0.1) + (1 - 0.1) * Math.log(1 / 0.1);
    expect(psi).toBeCloseTo(expected, 12);
  });

  it('counts missing values as a bin of their own', () => {
    const halfMissing = reference.map((value, i) => (i % 2 === 0 ? Number.NaN : value));
    const expected = 10 * (0.05 - 0.1) * Math.log(0.05 / 0.1) + (0.5 - 1e-4) * Math.log(0.5 / 1e-4);
    expect(computePsi(reference, halfMissing)).toBeCloseTo(expected, 12);
  });

  it('is unknown where a side is empty', () => {
    expect(computePsi(reference, new Float64Array(0))).toBeNaN();
  });
});

describe('computeCategoryPsi', () => {
  it('compares shares of levels, unseen ones together', () => {
    const psi = computeCategoryPsi(Float64Array.from([0, 0, 1, 1]), Float64Array.from([0, 1, 1, -1]), 2);
    const expected = (0.25 - 0.5) * Math.log(0.25 / 0.5) + (0.25 - 1e-4) * Math.log(0.25 / 1e-4);
    expect(psi).toBeCloseTo(expected, 12);
  });
});

describe('nameStability', () => {
  it('has the customary bounds', () => {
    expect([0.0999, 0.1, 0.25, 0.2501].map(nameStability)).toEqual(['stable', 'watch', 'watch', 'drifted']);
  });
});
