/** One tenth of the rows, best probabilities first. */
export interface GainsRow {
  readonly decile: number;
  readonly rows: number;
  readonly positives: number;
  /** Positives caught in this and all better deciles, as a share of all positives. */
  readonly cumulativeShare: number;
  /** Rate in this decile over the base rate. */
  readonly lift: number;
}

/** How good probabilities are. Every figure is NaN where one of the classes is empty. */
export interface ClassificationMetrics {
  readonly rows: number;
  readonly positives: number;
  readonly baseRate: number;
  readonly auc: number;
  readonly averagePrecision: number;
  readonly logLoss: number;
  readonly brier: number;
  readonly ece: number;
  /** Rate among the tenth with the highest probabilities, over the base rate. */
  readonly liftTopDecile: number;
  readonly gains: readonly GainsRow[];
}

/**
 * Judges probabilities against what happened.
 *
 * @param labels n labels, 0 or 1.
 * @param probabilities n probabilities of label 1.
 */
export function evaluateClassifier(labels: Float64Array, probabilities: Float64Array): ClassificationMetrics {
  const rows = labels.length;
  const ranked = rankScores(labels, probabilities);
  const positives = ranked.positives.length;
  const groups = groupTies(ranked);
  const gains = computeGains(groups, rows, positives);
  return {
    rows,
    positives,
    baseRate: positives / rows,
    auc: computeAuc(groups, rows, positives),
    averagePrecision: computeAveragePrecision(groups, positives),
    logLoss: computeLogLoss(labels, probabilities),
    brier: computeBrier(labels, probabilities),
    ece: computeCalibrationError(labels, probabilities),
    liftTopDecile: gains[0]?.lift ?? Number.NaN,
    gains,
  };
}

/** Rows of one probability, largest first: all measures treat them as one, so no figure depends on row order. */
interface TieGroups {
  readonly count: number;
  readonly rows: Float64Array;
  readonly positives: Float64Array;
}

/** The probabilities of either class, ascending. */
interface RankedScores {
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
}

/** Two sorts of plain numbers cost a tenth of one sort of rows by a comparison. */
function rankScores(labels: Float64Array, probabilities: Float64Array): RankedScores {
  return {
    positives: probabilities.filter((_, i) => labels[i] === 1).sort(),
    negatives: probabilities.filter((_, i) => labels[i] !== 1).sort(),
  };
}

function groupTies({ positives, negatives }: RankedScores): TieGroups {
  const size = positives.length + negatives.length;
  const groups = { rows: new Float64Array(size), positives: new Float64Array(size) };
  let count = 0;
  let p = positives.length - 1;
  let n = negatives.length - 1;
  for (; p >= 0 || n >= 0; count++) {
    const value = Math.max(positives[p] ?? Number.NEGATIVE_INFINITY, negatives[n] ?? Number.NEGATIVE_INFINITY);
    const before = p + n;
    const caught = p;
    while (p >= 0 && positives[p] === value) p--;
    while (n >= 0 && negatives[n] === value) n--;
    groups.rows[count] = before - p - n;
    groups.positives[count] = caught - p;
  }
  return { count, ...groups };
}

/** Mann and Whitney's statistic: the chance that a positive ranks above a negative, ties counting half. */
function computeAuc(groups: TieGroups, rows: number, positives: number): number {
  let above = 0;
  let pairs = 0;
  for (let g = 0; g < groups.count; g++) {
    const caught = groups.positives[g] as number;
    pairs += ((groups.rows[g] as number) - caught) * (above + caught / 2);
    above += caught;
  }
  return pairs / (positives * (rows - positives));
}

/** Σ (recall step × precision) over distinct thresholds, without interpolation. */
function computeAveragePrecision(groups: TieGroups, positives: number): number {
  let seen = 0;
  let caught = 0;
  let sum = 0;
  for (let g = 0; g < groups.count; g++) {
    seen += groups.rows[g] as number;
    caught += groups.positives[g] as number;
    sum += (groups.positives[g] as number) * (caught / seen);
  }
  return sum / positives;
}

function computeLogLoss(labels: Float64Array, probabilities: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < labels.length; i++) {
    const p = labels[i] === 1 ? (probabilities[i] as number) : 1 - (probabilities[i] as number);
    sum -= Math.log(Math.max(p, Number.EPSILON));
  }
  return sum / labels.length;
}

function computeBrier(labels: Float64Array, probabilities: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < labels.length; i++) sum += ((probabilities[i] as number) - (labels[i] as number)) ** 2;
  return sum / labels.length;
}

/** Expected calibration error over ten bins of equal width: Σ share × |mean probability − rate|. */
function computeCalibrationError(labels: Float64Array, probabilities: Float64Array): number {
  const gaps = new Float64Array(10);
  for (let i = 0; i < labels.length; i++) {
    const p = probabilities[i] as number;
    const bin = Math.min(Math.floor(p * 10), 9);
    gaps[bin] = (gaps[bin] as number) + p - (labels[i] as number);
  }
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / labels.length;
}

function computeGains(groups: TieGroups, rows: number, positives: number): readonly GainsRow[] {
  const caught = Array.from({ length: 11 }, (_, decile) => countCaught(groups, Math.ceil((rows * decile) / 10)));
  return Array.from({ length: 10 }, (_, i) => {
    const size = Math.ceil((rows * (i + 1)) / 10) - Math.ceil((rows * i) / 10);
    const inDecile = (caught[i + 1] as number) - (caught[i] as number);
    return {
      decile: i + 1,
      rows: size,
      positives: inDecile,
      cumulativeShare: (caught[i + 1] as number) / positives,
      lift: inDecile / size / (positives / rows),
    };
  });
}

/** Positives among the first `limit` rows; a tie cut by the limit counts in proportion. */
function countCaught(groups: TieGroups, limit: number): number {
  let left = limit;
  let caught = 0;
  for (let g = 0; g < groups.count && left > 0; g++) {
    const rows = groups.rows[g] as number;
    const share = Math.min(1, left / rows);
    caught += (groups.positives[g] as number) * share;
    left -= rows * share;
  }
  return caught;
}
