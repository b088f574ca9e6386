/**
 * Factors a symmetric positive definite matrix in place, A = L Lᵀ; the lower triangle then holds L.
 *
 * @param matrix size × size, row-major; only its lower triangle is read.
 * @returns false where a pivot is not positive, so that A is not positive definite.
 */
export function factorCholesky(matrix: Float64Array, size: number): boolean {
  for (let column = 0; column < size; column++) {
    const diagonal = column * size + column;
    let pivot = matrix[diagonal] as number;
    for (let k = 0; k < column; k++) pivot -= (matrix[column * size + k] as number) ** 2;
    if (!(pivot > 0)) return false;
    const root = Math.sqrt(pivot);
    matrix[diagonal] = root;
    for (let row = column + 1; row < size; row++) {
      let value = matrix[row * size + column] as number;
      for (let k = 0; k < column; k++) {
        value -= (matrix[row * size + k] as number) * (matrix[column * size + k] as number);
      }
      matrix[row * size + column] = value / root;
    }
  }
  return true;
}

/** Solves L Lᵀ x = b for the factor L of factorCholesky(). */
export function solveCholesky(factor: Float64Array, b: Float64Array): Float64Array {
  const size = b.length;
  const x = Float64Array.from(b);
  for (let i = 0; i < size; i++) {
    let value = x[i] as number;
    for (let k = 0; k < i; k++) value -= (factor[i * size + k] as number) * (x[k] as number);
    x[i] = value / (factor[i * size + i] as number);
  }
  for (let i = size - 1; i >= 0; i--) {
    let value = x[i] as number;
    for (let k = i + 1; k < size; k++) value -= (factor[k * size + i] as number) * (x[k] as number);
    x[i] = value / (factor[i * size + i] as number);
  }
  return x;
}
