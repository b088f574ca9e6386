import { createRandom, shuffle } from './random.ts';

/**
 * Deals rows into folds at random so that each fold has the same share of positives, to one row.
 *
 * @param labels n labels, 0 or 1.
 * @returns n fold numbers, 0 to folds − 1.
 */
export function assignStratifiedFolds(labels: Float64Array, folds: number, seed: number): Uint8Array {
  const random = createRandom(seed);
  const assigned = new Uint8Array(labels.length);
  let dealt = 0;
  for (const label of [0, 1]) {
    const rows = findRows(labels.length, (row) => labels[row] === label);
    shuffle(rows, random);
    // One deal runs through both classes, so fold sizes differ by at most one row.
    for (const row of rows) assigned[row] = dealt++ % folds;
  }
  return assigned;
}

/** The rows for which a condition holds, ascending. */
export function findRows(count: number, holds: (row: number) => boolean): Uint32Array {
  const rows: number[] = [];
  for (let row = 0; row < count; row++) if (holds(row)) rows.push(row);
  return Uint32Array.from(rows);
}
