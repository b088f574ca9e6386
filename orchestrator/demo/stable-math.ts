const TERMS = 16;

/**
 * e^x by range reduction and a Taylor polynomial. Only sums and products, which IEEE 754 fixes to the last bit:
 * `Math.exp` may be rounded differently by another engine, and the generator promises the same bytes everywhere.
 * Exact to about 1e-15 relative for |x| <= 700.
 */
export function exponential(x: number): number {
  const power = Math.round(x / Math.LN2);
  const rest = x - power * Math.LN2;
  let sum = 1;
  for (let term = TERMS; term >= 1; term -= 1) sum = 1 + (sum * rest) / term;
  return scaleByPowerOfTwo(sum, power);
}

/** 1 / (1 + e^-x), the logistic function. */
export function logistic(x: number): number {
  return 1 / (1 + exponential(-x));
}

function scaleByPowerOfTwo(value: number, power: number): number {
  let scaled = value;
  const factor = power < 0 ? 0.5 : 2;
  for (let step = Math.abs(power); step > 0; step -= 1) scaled *= factor;
  return scaled;
}
