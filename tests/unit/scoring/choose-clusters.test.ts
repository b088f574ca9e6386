import { describe, expect, it } from 'vitest';
import { chooseClusters } from '../../../orchestrator/scoring/choose-clusters.ts';
import { drawClusters } from './sample-data.ts';

const params = { k: 'auto', k_min: 3, k_max: 7, n_init: 10, max_iter: 300, tolerance: 1e-4, min_share: 0.05 } as const;

describe('chooseClusters', () => {
  it('finds the number of clusters that the points have', () => {
    const { fit, trials, silhouette } = chooseClusters(drawClusters(), { params, seed: 42 });
    expect(fit?.centroids.rows).toBe(4);
    expect(silhouette).toBeCloseTo(0.7056392583472963, 10);
    expect(trials.map(({ k }) => k)).toEqual([3, 4, 5, 6, 7]);
  });

  it('passes over solutions with a cluster that is too small', () => {
    const { fit } = chooseClusters(drawClusters(), { params: { ...params, min_share: 0.206 }, seed: 42 });
    expect(fit?.centroids.rows).toBe(4);
    const none = chooseClusters(drawClusters(), { params: { ...params, min_share: 0.4 }, seed: 42 });
    expect(none.fit).toBeNull();
  });

  it('takes a k that is set as it is', () => {
    const { fit, trials } = chooseClusters(drawClusters(), { params: { ...params, k: 6 }, seed: 42 });
    expect(fit?.centroids.rows).toBe(6);
    expect(trials.length).toBe(1);
  });
});
