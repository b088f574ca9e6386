import type { Matrix } from './matrix.ts';
import type { Random } from './random.ts';

/**
 * First centroids by k-means++ (Arthur & Vassilvitskii 2007): each next one is a point drawn with a chance in proportion
 * to its squared distance to those before; of 2 + ⌊ln k⌋ draws the one that leaves the least distance stays.
 *
 * @param points n × d.
 * @returns k × d, row-major.
 */
export function seedCentroids(points: Matrix, k: number, random: Random): Float64Array {
  const { values, rows, columns } = points;
  const centroids = new Float64Array(k * columns);
  const first = Math.floor(random() * rows);
  centroids.set(values.subarray(first * columns, (first + 1) * columns), 0);
  let nearest = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
  let total = lowerDistances(points, first, nearest, nearest);
  const trials = 2 + Math.floor(Math.log(k));
  for (let c = 1; c < k; c++) {
    let chosen = { row: 0, total: Number.POSITIVE_INFINITY, nearest };
    for (let trial = 0; trial < trials; trial++) {
      const row = drawRow(nearest, random() * total);
      const lowered = new Float64Array(rows);
      const after = lowerDistances(points, row, nearest, lowered);
      if (after < chosen.total) chosen = { row, total: after, nearest: lowered };
    }
    centroids.set(values.subarray(chosen.row * columns, (chosen.row + 1) * columns), c * columns);
    nearest = chosen.nearest;
    total = chosen.total;
  }
  return centroids;
}

/** Writes min(before, distance to the row) for every point and gives their sum. */
function lowerDistances(points: Matrix, row: number, before: Float64Array, after: Float64Array): number {
  const { values, rows, columns } = points;
  const center = row * columns;
  let total = 0;
  for (let i = 0, start = 0; i < rows; i++, start += columns) {
    let distance = 0;
    for (let j = 0; j < columns; j++) {
      const difference = (values[start + j] as number) - (values[center + j] as number);
      distance += difference * difference;
    }
    const kept = before[i] as number;
    const lower = Math.min(distance, kept);
    after[i] = lower;
    total += lower;
  }
  return total;
}

function drawRow(weights: Float64Array, target: number): number {
  let left = target;
  for (let row = 0; row < weights.length; row++) {
    left -= weights[row] as number;
    if (left < 0) return row;
  }
  return weights.length - 1;
}
