import { seedCentroids } from './k-means-seeding.ts';
import type { Matrix } from './matrix.ts';
import { createRandom } from './random.ts';

export interface KMeansOptions {
  readonly k: number;
  /** Restarts from other seedings; the solution of least inertia wins. */
  readonly nInit: number;
  readonly maxIter: number;
  /** Stops when the centroids' squared shift falls to this times the mean variance of the columns. */
  readonly tolerance: number;
  readonly seed: number;
}

export interface KMeansFit {
  /** k × d, clusters ordered by size, largest first. */
  readonly centroids: Matrix;
  /** n cluster numbers, 0 to k − 1. */
  readonly labels: Int32Array;
  readonly sizes: Int32Array;
  /** Sum of squared distances to the nearest centroid. */
  readonly inertia: number;
  readonly iterations: number;
}

/**
 * k-means: seeding by k-means++ (Arthur & Vassilvitskii 2007, several trials per centre), then Lloyd's iterations to
 * convergence. The same points in the same order give the same result for the same seed.
 *
 * @param points n × d, n ≥ k.
 */
export function fitKMeans(points: Matrix, options: KMeansOptions): KMeansFit {
  const random = createRandom(options.seed);
  const shiftBound = options.tolerance * meanVariance(points);
  const attempt = () => iterate(points, seedCentroids(points, options.k, random), options.maxIter, shiftBound);
  let best = attempt();
  for (let init = 1; init < options.nInit; init++) {
    const fit = attempt();
    if (fit.inertia < best.inertia) best = fit;
  }
  return orderBySize(best);
}

function meanVariance(points: Matrix): number {
  const { values, rows, columns } = points;
  let total = 0;
  for (let j = 0; j < columns; j++) {
    let sum = 0;
    let squares = 0;
    for (let at = j; at < values.length; at += columns) {
      sum += values[at] as number;
      squares += (values[at] as number) ** 2;
    }
    total += Math.max(0, squares / rows - (sum / rows) ** 2);
  }
  return total / columns;
}

/** Lloyd's iterations from the given centroids, which are moved in place. */
function iterate(points: Matrix, centroids: Float64Array, maxIter: number, shiftBound: number): KMeansFit {
  const { rows, columns } = points;
  const k = centroids.length / columns;
  const state = {
    labels: new Int32Array(rows),
    distances: new Float64Array(rows),
    sums: new Float64Array(k * columns),
    sizes: new Int32Array(k),
  };
  let inertia = assign(points, centroids, state);
  let iterations = 0;
  while (iterations < maxIter) {
    iterations++;
    fillEmptyClusters(points, state);
    const shift = moveCentroids(centroids, state, columns);
    const previous = inertia;
    inertia = assign(points, centroids, state);
    // With the bound at 0 an unchanged inertia ends it: rounding can keep the centroids moving for ever.
    if (shift <= shiftBound || inertia >= previous) break;
  }
  return {
    centroids: { values: centroids, rows: k, columns },
    labels: state.labels,
    sizes: state.sizes,
    inertia,
    iterations,
  };
}

interface Assignment {
  readonly labels: Int32Array;
  /** Squared distance of each point to its centroid. */
  readonly distances: Float64Array;
  readonly sums: Float64Array;
  readonly sizes: Int32Array;
}

/** Labels every point with its nearest centroid (the first of equals) and sums up the clusters. */
function assign(points: Matrix, centroids: Float64Array, state: Assignment): number {
  const { values, rows, columns } = points;
  const { labels, distances, sums, sizes } = state;
  const k = sizes.length;
  sums.fill(0);
  sizes.fill(0);
  let inertia = 0;
  for (let i = 0, start = 0; i < rows; i++, start += columns) {
    let label = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let c = 0, at = 0; c < k; c++) {
      let distance = 0;
      for (let j = 0; j < columns; j++, at++) {
        const difference = (values[start + j] as number) - (centroids[at] as number);
        distance += difference * difference;
      }
      if (distance < least) {
        least = distance;
        label = c;
      }
    }
    labels[i] = label;
    distances[i] = least;
    inertia += least;
    sizes[label] = (sizes[label] as number) + 1;
    const sum = label * columns;
    for (let j = 0; j < columns; j++) sums[sum + j] = (sums[sum + j] as number) + (values[start + j] as number);
  }
  return inertia;
}

/** Gives each empty cluster the point that lies farthest from its own centroid. */
function fillEmptyClusters(points: Matrix, state: Assignment): void {
  const { labels, distances, sums, sizes } = state;
  const { values, columns } = points;
  for (let c = 0; c < sizes.length; c++) {
    if (sizes[c] !== 0) continue;
    let farthest = 0;
    for (let i = 1; i < distances.length; i++) {
      if ((distances[i] as number) > (distances[farthest] as number)) farthest = i;
    }
    const from = labels[farthest] as number;
    for (let j = 0; j < columns; j++) {
      const value = values[farthest * columns + j] as number;
      sums[from * columns + j] = (sums[from * columns + j] as number) - value;
      sums[c * columns + j] = value;
    }
    sizes[from] = (sizes[from] as number) - 1;
    sizes[c] = 1;
    labels[farthest] = c;
    distances[farthest] = 0;
  }
}

/** Moves each centroid to the mean of its points; gives the sum of squared shifts. */
function moveCentroids(centroids: Float64Array, state: Assignment, columns: number): number {
  let shift = 0;
  for (let c = 0; c < state.sizes.length; c++) {
    const size = state.sizes[c] as number;
    if (size === 0) continue;
    for (let at = c * columns; at < (c + 1) * columns; at++) {
      const mean = (state.sums[at] as number) / size;
      shift += (mean - (centroids[at] as number)) ** 2;
      centroids[at] = mean;
    }
  }
  return shift;
}

/** Numbers the clusters by size, then by their first differing coordinate, so that numbers do not hang on the seeding. */
function orderBySize(fit: KMeansFit): KMeansFit {
  const { rows: k, columns, values } = fit.centroids;
  const order = Array.from({ length: k }, (_, c) => c).sort(
    (a, b) => (fit.sizes[b] as number) - (fit.sizes[a] as number) || compareRows(values, columns, a, b),
  );
  const rank = new Int32Array(k);
  const centroids = new Float64Array(values.length);
  order.forEach((c, position) => {
    rank[c] = position;
    centroids.set(values.subarray(c * columns, (c + 1) * columns), position * columns);
  });
  return {
    ...fit,
    centroids: { values: centroids, rows: k, columns },
    labels: fit.labels.map((label) => rank[label] as number),
    sizes: Int32Array.from(order, (c) => fit.sizes[c] as number),
  };
}

function compareRows(values: Float64Array, columns: number, a: number, b: number): number {
  for (let j = 0; j < columns; j++) {
    const difference = (values[a * columns + j] as number) - (values[b * columns + j] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}
