import { describe, expect, it } from 'vitest';
import { computeMoments, computeQuantiles } from '../../../orchestrator/scoring/quantiles.ts';
import { createRandom } from '../../../orchestrator/scoring/random.ts';

describe('computeQuantiles', () => {
  it('interpolates between neighbours, missing values aside', () => {
    const values = Float64Array.from([7, Number.NaN, 1, 3, Number.POSITIVE_INFINITY, 5]);
    expect(computeQuantiles(values, [0, 0.1, 0.5, 0.75, 1])).toEqual([1, 1.6, 4, 5.5, 7]);
  });

  it.each([
    ['random', () => createRandom(3)],
    [
      'few distinct',
      () => {
        const random = createRandom(4);
        return () => Math.floor(random() * 3);
      },
    ],
    [
      'ascending',
      () => {
        let next = 0;
        return () => next++;
      },
    ],
    [
      'descending',
      () => {
        let next = 0;
        return () => next--;
      },
    ],
  ])('agrees with sorting on %s values', (_, createStream) => {
    const next = createStream();
    const values = Float64Array.from({ length: 6401 }, () => next());
    const sorted = Float64Array.from(values).sort();
    const shares = Array.from({ length: 65 }, (_unused, i) => i / 64);
    expect(computeQuantiles(values, shares)).toEqual(shares.map((share) => sorted[6400 * share]));
  });

  it('is unknown where nothing is finite, and leaves its input alone', () => {
    expect(computeQuantiles(Float64Array.from([Number.NaN]), [0.5])).toEqual([Number.NaN]);
    const values = Float64Array.from([3, 1, 2]);
    computeQuantiles(values, [0.5]);
    expect([...values]).toEqual([3, 1, 2]);
  });
});

describe('computeMoments', () => {
  // NumPy 2.4.6 and scipy.stats.skew 1.17.1.
  it('gives mean, population deviation and skewness', () => {
    const { mean, deviation, skewness } = computeMoments(Float64Array.from([1, 2, 2, 3, 12]));
    expect(mean).toBe(4);
    expect(deviation).toBeCloseTo(4.049691346263317, 12);
    expect(skewness).toBeCloseTo(1.4093214976585609, 12);
  });

  it('has no deviation where all values are equal but for rounding', () => {
    expect(computeMoments(Float64Array.from([0.1, 0.1, 0.1]))).toMatchObject({ deviation: 0, skewness: 0 });
  });
});
