/** A probability and what came of it. */
export interface Outcome {
  readonly probability: number;
  readonly churned: boolean;
}

/** The best discrimination a model can reach on a set of outcomes. */
export interface PlantedAuc {
  readonly rows: number;
  readonly positives: number;
  /** AUC of the true probabilities against what happened; ties count half. */
  readonly realised: number | null;
  /** The AUC to be expected of the true probabilities, over all that could have happened. */
  readonly expected: number | null;
}

/**
 * The AUC of the true probabilities, realised and expected. A ranking by the true probability is the best there is
 * (Neyman and Pearson), so no model can be expected to do better. Needs O(n log n) time.
 */
export function computePlantedAuc(outcomes: readonly Outcome[]): PlantedAuc {
  const sorted = [...outcomes].sort((a, b) => a.probability - b.probability);
  const realised = rankPairs(sorted, (outcome) => (outcome.churned ? 1 : 0));
  const expected = rankPairs(sorted, (outcome) => outcome.probability);
  return {
    rows: outcomes.length,
    positives: outcomes.filter((outcome) => outcome.churned).length,
    realised: realised === null ? null : roundTo(realised, 6),
    expected: expected === null ? null : roundTo(expected, 6),
  };
}

/**
 * Share of (positive, negative) pairs in which the positive ranks higher, each row being positive with its weight.
 * A row is no pair with itself: in a group of ties its own product is taken out.
 */
function rankPairs(sorted: readonly Outcome[], weigh: (outcome: Outcome) => number): number | null {
  let [won, pairs, negativesBelow, positives, negatives] = [0, 0, 0, 0, 0];
  for (let start = 0; start < sorted.length; ) {
    let [end, up, down, own] = [start, 0, 0, 0];
    while (end < sorted.length && sorted[end]?.probability === sorted[start]?.probability) {
      const outcome = sorted[end];
      const weight = outcome === undefined ? 0 : weigh(outcome);
      up += weight;
      down += 1 - weight;
      own += weight * (1 - weight);
      end += 1;
    }
    won += up * negativesBelow + (up * down - own) / 2;
    pairs -= own;
    negativesBelow += down;
    positives += up;
    negatives += down;
    start = end;
  }
  pairs += positives * negatives;
  return pairs > 0 ? won / pairs : null;
}

/** The number rounded to so many decimals. */
export function roundTo(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}
