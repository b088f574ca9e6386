/** Rows of numbers, row-major: value (i, j) stands at values[i * columns + j]. */
export interface Matrix {
  readonly values: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

/** Every step-th row, spread evenly over the whole, at most `limit` of them: the same rows on every run. */
export function sampleRows(matrix: Matrix, limit: number): { readonly sample: Matrix; readonly rows: Uint32Array } {
  const { columns } = matrix;
  const count = Math.min(limit, matrix.rows);
  const rows = new Uint32Array(count);
  const values = new Float64Array(count * columns);
  for (let i = 0; i < count; i++) {
    const row = Math.floor((i * matrix.rows) / count);
    rows[i] = row;
    values.set(matrix.values.subarray(row * columns, (row + 1) * columns), i * columns);
  }
  return { sample: { values, rows: count, columns }, rows };
}

/** The values of a column at the given rows, in that order. */
export function takeRows(values: Float64Array, rows: Uint32Array): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i] as number] as number;
  return taken;
}
