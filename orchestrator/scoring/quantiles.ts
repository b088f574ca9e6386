/**
 * Quantiles with linear interpolation between neighbours (Hyndman & Fan's type 7, the default of NumPy and R) of the
 * finite values, found by selection: linear in n, where sorting is not.
 *
 * @param shares ascending, each 0 to 1.
 * @returns one number per share; NaN where no value is finite.
 */
export function computeQuantiles(values: Float64Array, shares: readonly number[]): readonly number[] {
  const finite = takeFinite(values);
  const last = finite.length - 1;
  let settled = 0;
  return shares.map((share) => {
    if (last < 0) return Number.NaN;
    const position = last * share;
    const rank = Math.floor(position);
    // Everything before `settled` is in its place already and no larger than what follows.
    if (rank >= settled) placeRank(finite, rank, settled);
    settled = Math.max(settled, rank + 1);
    const low = finite[rank] as number;
    return low + (leastFrom(finite, rank + 1, low) - low) * (position - rank);
  });
}

function takeFinite(values: Float64Array): Float64Array {
  const finite = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isFinite(value)) finite[count++] = value;
  }
  return finite.subarray(0, count);
}

function leastFrom(values: Float64Array, start: number, otherwise: number): number {
  if (start >= values.length) return otherwise;
  let least = values[start] as number;
  for (let i = start + 1; i < values.length; i++) {
    const value = values[i] as number;
    if (value < least) least = value;
  }
  return least;
}

/** Hoare's quickselect: puts the value of this rank in its place, smaller ones before it, larger ones after. */
function placeRank(values: Float64Array, rank: number, from: number): void {
  let low = from;
  let high = values.length - 1;
  for (let rounds = 0; low < high; rounds++) {
    if (rounds === 64) {
      // Pivots that bad are made on purpose; sorting what is left bounds the cost.
      values.subarray(low, high + 1).sort();
      return;
    }
    const pivot = medianOfThree(values[low] as number, values[(low + high) >>> 1] as number, values[high] as number);
    let i = low;
    let j = high;
    while (i <= j) {
      while ((values[i] as number) < pivot) i++;
      while ((values[j] as number) > pivot) j--;
      if (i > j) break;
      const kept = values[i] as number;
      values[i++] = values[j] as number;
      values[j--] = kept;
    }
    if (rank <= j) high = j;
    else if (rank >= i) low = i;
    else return;
  }
}

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

export interface Moments {
  readonly mean: number;
  /** Population standard deviation (divided by n). */
  readonly deviation: number;
  /** Third standardised moment; 0 where all values are equal. */
  readonly skewness: number;
}

/** Mean, deviation and skewness in two passes; NaN is not expected. */
export function computeMoments(values: Float64Array): Moments {
  const count = values.length;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[i] as number;
  const mean = count === 0 ? 0 : sum / count;
  let squares = 0;
  let cubes = 0;
  for (let i = 0; i < count; i++) {
    const difference = (values[i] as number) - mean;
    const square = difference * difference;
    squares += square;
    cubes += square * difference;
  }
  const deviation = count === 0 ? 0 : Math.sqrt(squares / count);
  const isConstant = isNegligible(deviation, mean);
  return {
    mean,
    deviation: isConstant ? 0 : deviation,
    skewness: isConstant ? 0 : cubes / count / deviation ** 3,
  };
}

/** Whether a deviation is no more than the rounding of values that are all equal. */
export function isNegligible(deviation: number, mean: number): boolean {
  return deviation <= 1e-12 * Math.max(1, Math.abs(mean));
}
