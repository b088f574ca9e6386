/**
 * What row numbers are multiplied by to choose some of so many rows: near the golden part of their number, so that the
 * chosen ones lie evenly without a period that data could share, and without common divisor, so that their number is
 * exact. Row r of n is among the `limit` chosen where (r × stride) mod n < limit; SQL asks just that.
 */
export function findStride(rows: number): number {
  let stride = Math.max(1, Math.round(rows * 0.6180339887498949));
  while (findDivisor(stride, rows) !== 1) stride++;
  return stride;
}

/** The chosen rows, ascending; all of them where there are no more than the limit. */
export function spreadRows(rows: number, limit: number): Uint32Array {
  if (rows <= limit) return Uint32Array.from({ length: rows }, (_, row) => row);
  const step = invert(findStride(rows), rows);
  const chosen = new Uint32Array(limit);
  for (let i = 1; i < limit; i++) chosen[i] = ((chosen[i - 1] as number) + step) % rows;
  return chosen.sort();
}

function findDivisor(a: number, b: number): number {
  return b === 0 ? a : findDivisor(b, a % b);
}

/** The number that times `value` is 1 modulo `modulus` (Euclid's algorithm, extended). */
function invert(value: number, modulus: number): number {
  let [rest, next] = [modulus, value % modulus];
  let [factor, nextFactor] = [0, 1];
  while (next !== 0) {
    const quotient = Math.floor(rest / next);
    [rest, next] = [next, rest - quotient * next];
    [factor, nextFactor] = [nextFactor, factor - quotient * nextFactor];
  }
  return factor < 0 ? factor + modulus : factor;
}
