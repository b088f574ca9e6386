import { expect, test } from 'vitest';
import { computePlantedAuc, type Outcome } from '../../../orchestrator/demo/planted-auc.ts';

function outcomes(...rows: readonly (readonly [number, boolean])[]): Outcome[] {
  return rows.map(([probability, churned]) => ({ probability, churned }));
}

test('the realised AUC is the share of ordered pairs, ties counting half', () => {
  const auc = computePlantedAuc(outcomes([0.9, true], [0.5, false], [0.5, true], [0.1, false]));
  // Pairs: .9>.5, .9>.1, .5=.5, .5>.1.
  expect(auc).toMatchObject({ rows: 4, positives: 2, realised: 0.875 });
});

test('the expected AUC weighs each ordered pair by the probability that it is one', () => {
  const auc = computePlantedAuc(outcomes([0.8, true], [0.2, false]));
  // .8 positive and .2 negative: .64, in order; the other way round: .04.
  expect(auc.expected).toBeCloseTo(0.64 / 0.68, 6);
});

test('the expected AUC equals the sum over all pairs', () => {
  const rows = outcomes([0.3, true], [0.3, false], [0.7, true], [0.1, false], [0.05, false]);
  let [won, pairs] = [0, 0];
  for (const [i, a] of rows.entries()) {
    for (const [j, b] of rows.entries()) {
      if (i === j) continue;
      const weight = a.probability * (1 - b.probability);
      pairs += weight;
      won += weight * (a.probability > b.probability ? 1 : a.probability === b.probability ? 0.5 : 0);
    }
  }
  expect(computePlantedAuc(rows).expected).toBeCloseTo(won / pairs, 6);
});

test('there is no realised AUC without both outcomes', () => {
  expect(computePlantedAuc(outcomes([0.4, false], [0.2, false])).realised).toBeNull();
  expect(computePlantedAuc([])).toEqual({ rows: 0, positives: 0, realised: null, expected: null });
});
