import type { Matrix } from './matrix.ts';

/**
 * Mean silhouette (Rousseeuw 1987): (b − a) / max(a, b) with a the mean distance to one's own cluster and b that to the
 * nearest other one; 0 for a cluster of one. Quadratic in n: hand it a sample.
 *
 * @param points n × d.
 * @param labels n cluster numbers, 0 to k − 1.
 * @returns −1 to 1; NaN where fewer than two clusters have points.
 */
export function computeSilhouette(points: Matrix, labels: Int32Array, k: number): number {
  const { rows, columns, values } = points;
  const sizes = new Int32Array(k);
  for (const label of labels) sizes[label] = (sizes[label] as number) + 1;
  if (sizes.filter((size) => size > 0).length < 2) return Number.NaN;
  const sums = new Float64Array(rows * k);
  for (let i = 0; i < rows; i++) {
    for (let other = i + 1; other < rows; other++) {
      let square = 0;
      for (let j = 0; j < columns; j++) {
        const difference = (values[i * columns + j] as number) - (values[other * columns + j] as number);
        square += difference * difference;
      }
      const distance = Math.sqrt(square);
      const mine = i * k + (labels[other] as number);
      const its = other * k + (labels[i] as number);
      sums[mine] = (sums[mine] as number) + distance;
      sums[its] = (sums[its] as number) + distance;
    }
  }
  let total = 0;
  for (let i = 0; i < rows; i++) total += silhouetteOf(sums.subarray(i * k, (i + 1) * k), labels[i] as number, sizes);
  return total / rows;
}

function silhouetteOf(sums: Float64Array, own: number, sizes: Int32Array): number {
  const size = sizes[own] as number;
  if (size === 1) return 0;
  const inside = (sums[own] as number) / (size - 1);
  let outside = Number.POSITIVE_INFINITY;
  for (let c = 0; c < sizes.length; c++) {
    const other = sizes[c] as number;
    if (c !== own && other > 0) outside = Math.min(outside, (sums[c] as number) / other);
  }
  const larger = Math.max(inside, outside);
  return larger === 0 ? 0 : (outside - inside) / larger;
}
