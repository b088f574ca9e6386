import { describe, expect, it } from 'vitest';
import { nameClusters, profileClusters } from '../../../orchestrator/scoring/cluster-profile.ts';

describe('profileClusters', () => {
  it('gives each mean as an index of the overall mean, missing values aside', () => {
    const columns = [
      { kind: 'number', name: 'visits', values: Float64Array.from([1, 3, 8, Number.NaN]) },
      { kind: 'number', name: 'balance', values: Float64Array.from([-1, -1, 1, 1]) },
    ] as const;
    expect(profileClusters(columns, Int32Array.from([0, 0, 1, 1]), 2)).toEqual([
      { visits: 0.5, balance: null },
      { visits: 2, balance: null },
    ]);
  });
});

describe('nameClusters', () => {
  const profiles = [
    { visits: 2, spend: 1.1 },
    { visits: 0.2, spend: 1.2 },
    { visits: 0.1, spend: 0.9 },
    { visits: 0.9, spend: 1.1 },
  ];

  it('names clusters after what marks them, without two alike', () => {
    expect(nameClusters(profiles, [])).toEqual(['high_visits', 'low_visits', 'low_visits_2', 'average']);
  });

  it('prefers the first rule that holds', () => {
    const rules = [
      { name: 'champions', when: { visits: { above: 1.5 }, spend: { above: 1 } } },
      { name: 'dormant', when: { visits: { below: 0.15 } } },
    ];
    expect(nameClusters(profiles, rules)).toEqual(['champions', 'low_visits', 'dormant', 'average']);
  });
});
