/** The finite values of a column in ascending order, in an array of their own. */
export function sortFinite(values: Float64Array): Float64Array {
  return values.filter((value) => Number.isFinite(value)).sort();
}

/**
 * A quantile with linear interpolation between neighbours (Hyndman & Fan's type 7, the default of NumPy and R).
 *
 * @param sorted ascending, not empty.
 * @param share 0 to 1.
 */
export function quantile(sorted: Float64Array, share: number): number {
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN;
  return low + (high - low) * (position - below);
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
    squares += difference * difference;
    cubes += difference * difference * difference;
  }
  const deviation = count === 0 ? 0 : Math.sqrt(squares / count);
  const isConstant = deviation <= 1e-12 * Math.max(1, Math.abs(mean));
  return {
    mean,
    deviation: isConstant ? 0 : deviation,
    skewness: isConstant ? 0 : cubes / count / deviation ** 3,
  };
}
