import { takeRows } from './matrix.ts';
import { computeQuantiles } from './quantiles.ts';
import { spreadRows } from './spread.ts';

/** How far a feature has moved; the bounds are the customary ones of credit scoring. */
export type Stability = 'stable' | 'watch' | 'drifted';

const binCount = 10;
const floor = 1e-4;

/** Rows looked at on either side at most: more would move the index in its fourth digit. */
const rowLimit = 200_000;

/**
 * Population stability index of a column against its reference: Σ (a − r) ln(a / r) over bins cut at the reference's
 * deciles (equal cuts merged), shares floored at 1e-4; missing values are a bin of their own where there are any.
 *
 * @returns 0 for equal distributions; NaN where either side is empty.
 */
export function computePsi(reference: Float64Array, actual: Float64Array): number {
  if (reference.length === 0 || actual.length === 0) return Number.NaN;
  const known = spread(reference);
  const cuts = findCuts(known);
  return comparePopulations(countBins(known, cuts), countBins(spread(actual), cuts));
}

function spread(values: Float64Array): Float64Array {
  return values.length <= rowLimit ? values : takeRows(values, spreadRows(values.length, rowLimit));
}

/**
 * The same index over categories, one bin each; codes below 0 (unseen levels) are a bin of their own.
 *
 * @param reference codes 0 to levels − 1, or −1.
 */
export function computeCategoryPsi(reference: Float64Array, actual: Float64Array, levels: number): number {
  if (reference.length === 0 || actual.length === 0) return Number.NaN;
  return comparePopulations(countCodes(reference, levels), countCodes(actual, levels));
}

/** Σ (a − r) ln(a / r) over the shares of two lists of counts; bins empty in both count nothing. */
function comparePopulations(expected: Float64Array, observed: Float64Array): number {
  const expectedRows = expected.reduce((sum, count) => sum + count, 0);
  const observedRows = observed.reduce((sum, count) => sum + count, 0);
  let psi = 0;
  for (let bin = 0; bin < expected.length; bin++) {
    if (expected[bin] === 0 && observed[bin] === 0) continue;
    const r = Math.max((expected[bin] as number) / expectedRows, floor);
    const a = Math.max((observed[bin] as number) / observedRows, floor);
    psi += (a - r) * Math.log(a / r);
  }
  return psi;
}

function countCodes(codes: Float64Array, levels: number): Float64Array {
  const counts = new Float64Array(levels + 1);
  for (const code of codes) {
    const bin = code >= 0 ? code : levels;
    counts[bin] = (counts[bin] as number) + 1;
  }
  return counts;
}

/** Names a stability index: below 0.1 stable, to 0.25 watch, above drifted. */
export function nameStability(psi: number): Stability {
  if (psi < 0.1) return 'stable';
  return psi <= 0.25 ? 'watch' : 'drifted';
}

function findCuts(values: Float64Array): Float64Array {
  const shares = Array.from({ length: binCount - 1 }, (_, i) => (i + 1) / binCount);
  const cuts = computeQuantiles(values, shares);
  return Float64Array.from(cuts.filter((cut, i) => Number.isFinite(cut) && cut !== cuts[i - 1]));
}

/** Counts per bin [cut[i−1], cut[i]); the last counter holds what is missing. */
function countBins(values: Float64Array, cuts: Float64Array): Float64Array {
  const counts = new Float64Array(cuts.length + 2);
  for (const value of values) {
    const bin = Number.isFinite(value) ? findBin(value, cuts) : cuts.length + 1;
    counts[bin] = (counts[bin] as number) + 1;
  }
  return counts;
}

function findBin(value: number, cuts: Float64Array): number {
  let bin = 0;
  while (bin < cuts.length && value >= (cuts[bin] as number)) bin++;
  return bin;
}
