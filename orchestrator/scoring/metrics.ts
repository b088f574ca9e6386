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
  const order = rankDescending(probabilities);
  const groups = groupTies(labels, probabilities, order);
  const rows = labels.length;
  const positives = groups.reduce((sum, group) => sum + group.positives, 0);
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

/** Rows of one probability: all measures treat them as one, so no figure depends on row order. */
interface TieGroup {
  readonly rows: number;
  readonly positives: number;
}

function rankDescending(probabilities: Float64Array): Uint32Array {
  const order = Uint32Array.from(probabilities.keys());
  return order.sort((a, b) => (probabilities[b] as number) - (probabilities[a] as number) || a - b);
}

function groupTies(labels: Float64Array, probabilities: Float64Array, order: Uint32Array): readonly TieGroup[] {
  const groups: TieGroup[] = [];
  for (let start = 0; start < order.length; ) {
    const value = probabilities[order[start] as number];
    let end = start;
    let positives = 0;
    for (; end < order.length && probabilities[order[end] as number] === value; end++) {
      positives += labels[order[end] as number] as number;
    }
    groups.push({ rows: end - start, positives });
    start = end;
  }
  return groups;
}

/** Mann and Whitney's statistic: the chance that a positive ranks above a negative, ties counting half. */
function computeAuc(groups: readonly TieGroup[], rows: number, positives: number): number {
  let above = 0;
  let pairs = 0;
  for (const group of groups) {
    const negatives = group.rows - group.positives;
    pairs += negatives * (above + group.positives / 2);
    above += group.positives;
  }
  return pairs / (positives * (rows - positives));
}

/** Σ (recall step × precision) over distinct thresholds, without interpolation. */
function computeAveragePrecision(groups: readonly TieGroup[], positives: number): number {
  let seen = 0;
  let caught = 0;
  let sum = 0;
  for (const group of groups) {
    seen += group.rows;
    caught += group.positives;
    sum += group.positives * (caught / seen);
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

function computeGains(groups: readonly TieGroup[], rows: number, positives: number): readonly GainsRow[] {
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
function countCaught(groups: readonly TieGroup[], limit: number): number {
  let left = limit;
  let caught = 0;
  for (const group of groups) {
    const share = Math.min(1, left / group.rows);
    caught += group.positives * share;
    left -= group.rows * share;
    if (left <= 0) break;
  }
  return caught;
}
