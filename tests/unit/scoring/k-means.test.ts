import { describe, expect, it } from 'vitest';
import { fitKMeans } from '../../../orchestrator/scoring/k-means.ts';
import { computeSilhouette } from '../../../orchestrator/scoring/silhouette.ts';
import { drawClusters } from './sample-data.ts';

const options = { nInit: 20, maxIter: 300, tolerance: 0, seed: 42 };

// Expected figures: scikit-learn 1.9.1, KMeans(n_init=50, tol=0) and silhouette_score.
describe('fitKMeans', () => {
  it.each([
    [2, 3975.9343443822463, 0.456816585604509],
    [3, 2079.337571721154, 0.5603805300748335],
    [4, 599.5525590683492, 0.7056392583472963],
    [5, 533.2641093867367, 0.6125468092402798],
  ])('finds the inertia and silhouette of scikit-learn for k = %i', (k, inertia, silhouette) => {
    const points = drawClusters();
    const fit = fitKMeans(points, { ...options, k });
    expect(fit.inertia).toBeCloseTo(inertia, 8);
    expect(computeSilhouette(points, fit.labels, k)).toBeCloseTo(silhouette, 10);
  });

  it('orders clusters by size', () => {
    const fit = fitKMeans(drawClusters(), { ...options, k: 4 });
    expect([...fit.sizes]).toEqual([83, 79, 76, 62]);
    const expected = [
      [5.882117325978645, 0.8077579219320641],
      [-0.11651021124252836, -0.03492675128663825],
      [-5.059611472019338, 3.9847649027421874],
      [2.028361987517846, 6.886016167925613],
    ].flat();
    fit.centroids.values.forEach((value, at) => {
      expect(value).toBeCloseTo(expected[at] ?? Number.NaN, 10);
    });
  });

  it('gives the same result for the same seed', () => {
    const points = drawClusters();
    expect(fitKMeans(points, { ...options, k: 6, nInit: 2 })).toEqual(
      fitKMeans(points, { ...options, k: 6, nInit: 2 }),
    );
  });

  it('fills every cluster even where points coincide', () => {
    const points = { values: Float64Array.from([0, 0, 0, 0, 0, 5, 9]), rows: 7, columns: 1 };
    const fit = fitKMeans(points, { ...options, k: 3 });
    expect([...fit.sizes]).toEqual([5, 1, 1]);
    expect(fit.inertia).toBe(0);
  });
});

describe('computeSilhouette', () => {
  it('is undefined for a single cluster', () => {
    expect(computeSilhouette(drawClusters(), new Int32Array(300), 3)).toBeNaN();
  });

  it('counts a cluster of one as 0', () => {
    const points = { values: Float64Array.from([0, 2, 10]), rows: 3, columns: 1 };
    expect(computeSilhouette(points, Int32Array.from([0, 0, 1]), 2)).toBeCloseTo((0.8 + 0.75 + 0) / 3, 12);
  });
});
