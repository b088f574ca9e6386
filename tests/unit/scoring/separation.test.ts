import { describe, expect, it } from 'vitest';
import { computePsi } from '../../../orchestrator/scoring/population-stability.ts';
import { computeSeparation } from '../../../orchestrator/scoring/separation.ts';

describe('computeSeparation', () => {
  it('compares the rows where the event happened with the rest, feature by feature', () => {
    const columns = [
      { kind: 'number', name: 'tenure', values: Float64Array.from([1, 5, 2, 6, 3, 7]) },
      { kind: 'category', name: 'plan', levels: ['a', 'b'], values: Float64Array.from([0, 0, 1, 1, 0, 0]) },
    ] as const;
    const separation = computeSeparation({ columns, labels: Float64Array.from([1, 0, 1, 0, 1, 0]) });
    expect(separation).toEqual({
      tenure: computePsi(Float64Array.from([5, 6, 7]), Float64Array.from([1, 2, 3])),
      plan: 0,
    });
    expect(separation['tenure']).toBeGreaterThan(1);
  });

  it('says nothing where the event never happened', () => {
    const columns = [{ kind: 'number', name: 'tenure', values: Float64Array.from([1, 2]) }] as const;
    expect(computeSeparation({ columns, labels: Float64Array.from([0, 0]) })).toEqual({});
  });
});
