import { spreadRows } from './spread.ts';

/** Rows of numbers, row-major: value (i, j) stands at values[i * columns + j]. */
export interface Matrix {
  readonly values: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

/** Some of the rows, at most `limit`, spread over the whole: the same ones on every run. */
export function sampleRows(matrix: Matrix, limit: number): { readonly sample: Matrix; readonly rows: Uint32Array } {
  const { columns } = matrix;
  const rows = spreadRows(matrix.rows, limit);
  const values = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => {
    values.set(matrix.values.subarray(row * columns, (row + 1) * columns), i * columns);
  });
  return { sample: { values, rows: rows.length, columns }, rows };
}

/** The values of a column at the given rows, in that order. */
export function takeRows(values: Float64Array, rows: Uint32Array): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i] as number] as number;
  return taken;
}
