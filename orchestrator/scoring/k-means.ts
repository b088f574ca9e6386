import { seedCentroids } from './k-means-seeding.ts';
import { type Assignment, type FarPoint, iterateLloyd, rankClusters, reorderClusters } from './lloyd.ts';
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

/** Clusters without the points they were made from. */
export interface Clustering {
  /** k × d, clusters ordered by size, largest first. */
  readonly centroids: Matrix;
  readonly sizes: Int32Array;
  /** Sum of squared distances to the nearest centroid. */
  readonly inertia: number;
  readonly iterations: number;
}

export interface KMeansFit extends Clustering {
  /** n cluster numbers, 0 to k − 1. */
  readonly labels: Int32Array;
  /** Where the iterations that won began, k × d. */
  readonly seeds: Float64Array;
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

/** Lloyd's iterations from the given seeds over points held here. */
function iterate(points: Matrix, seeds: Float64Array, maxIter: number, shiftBound: number): KMeansFit {
  const { rows, columns } = points;
  const k = seeds.length / columns;
  const centroids = Float64Array.from(seeds);
  const nearest = { labels: new Int32Array(rows), distances: new Float64Array(rows) };
  const steps = iterateLloyd(centroids, { k, columns, maxIter, shiftBound });
  let next = steps.next();
  while (next.done !== true) {
    const { kind, centroids: at } = next.value;
    next = steps.next(kind === 'assign' ? assign(points, at, nearest) : findFarthest(points, nearest, k));
  }
  return { ...next.value, centroids: { values: centroids, rows: k, columns }, labels: nearest.labels, seeds };
}

interface Nearest {
  readonly labels: Int32Array;
  /** Squared distance of each point to its centroid. */
  readonly distances: Float64Array;
}

/** Labels every point with its nearest centroid (the first of equals) and sums up the clusters. */
function assign(points: Matrix, centroids: Float64Array, { labels, distances }: Nearest): Assignment {
  const { values, rows, columns } = points;
  const k = centroids.length / columns;
  const sums = new Float64Array(centroids.length);
  const sizes = new Int32Array(k);
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
  return { inertia, sums, sizes };
}

/** The nearest centroid of each point, the first of equals. */
export function labelPoints(points: Matrix, centroids: Float64Array): Int32Array {
  const nearest = { labels: new Int32Array(points.rows), distances: new Float64Array(points.rows) };
  assign(points, centroids, nearest);
  return nearest.labels;
}

/** The points farthest from their centroids, earlier ones first among equals. */
function findFarthest({ values, columns }: Matrix, { labels, distances }: Nearest, count: number): FarPoint[] {
  const taken = new Set<number>();
  for (let found = 0; found < Math.min(count, distances.length); found++) {
    let farthest = -1;
    for (let i = 0; i < distances.length; i++) {
      const isFarther = farthest < 0 || (distances[i] as number) > (distances[farthest] as number);
      if (isFarther && !taken.has(i)) farthest = i;
    }
    taken.add(farthest);
  }
  return Array.from(taken, (i) => ({
    label: labels[i] as number,
    values: values.subarray(i * columns, (i + 1) * columns),
  }));
}

/** Numbers the clusters by size. */
function orderBySize(fit: KMeansFit): KMeansFit {
  const { values, rows, columns } = fit.centroids;
  const order = rankClusters(values, fit.sizes);
  const ordered = reorderClusters({ centroids: values, sizes: fit.sizes }, order);
  const rank = new Int32Array(rows);
  order.forEach((c, position) => {
    rank[c] = position;
  });
  return {
    ...fit,
    centroids: { values: ordered.centroids, rows, columns },
    labels: fit.labels.map((label) => rank[label] as number),
    sizes: ordered.sizes,
  };
}
