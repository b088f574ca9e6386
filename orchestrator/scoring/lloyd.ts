/** Where and how far centroids are moved. */
export interface LloydOptions {
  readonly k: number;
  /** Coordinates of a point. */
  readonly columns: number;
  readonly maxIter: number;
  /** Stops when the centroids' squared shift falls to this. */
  readonly shiftBound: number;
}

/** Every point given to its nearest centroid, the first of equals, and what that sums up to. */
export interface Assignment {
  /** Sum of squared distances. */
  readonly inertia: number;
  /** k × columns, row-major: the clusters' sums of points. */
  readonly sums: Float64Array;
  readonly sizes: Int32Array;
}

/** A point that lies far from its centroid. */
export interface FarPoint {
  readonly label: number;
  readonly values: ArrayLike<number>;
}

/** What is asked of whoever holds the points: an Assignment, or k points by falling distance from their centroid. */
export interface LloydRequest {
  readonly kind: 'assign' | 'farthest';
  /** k × columns, row-major. */
  readonly centroids: Float64Array;
}

/** Iterating at work. */
export type Iterating<Result> = Generator<LloydRequest, Result, Assignment | readonly FarPoint[]>;

/** Where the centroids came to rest. */
export interface LloydResult {
  readonly sizes: Int32Array;
  readonly inertia: number;
  readonly iterations: number;
}

/**
 * Lloyd's iterations: moves `centroids` in place to rest. Where the points are does not matter here, so that the same
 * start ends the same in both places.
 */
export function* iterateLloyd(centroids: Float64Array, options: LloydOptions): Iterating<LloydResult> {
  let assignment = yield* assign(centroids);
  let iterations = 0;
  while (iterations < options.maxIter) {
    iterations++;
    if (assignment.sizes.includes(0)) fillEmptyClusters(assignment, yield* findFarthest(centroids), options.columns);
    const shift = moveCentroids(centroids, assignment, options.columns);
    const previous = assignment.inertia;
    assignment = yield* assign(centroids);
    // With the bound at 0 an unchanged inertia ends it: rounding can keep the centroids moving for ever.
    if (shift <= options.shiftBound || assignment.inertia >= previous) break;
  }
  return { sizes: assignment.sizes, inertia: assignment.inertia, iterations };
}

function* assign(centroids: Float64Array): Iterating<Assignment> {
  return (yield { kind: 'assign', centroids }) as Assignment;
}

function* findFarthest(centroids: Float64Array): Iterating<readonly FarPoint[]> {
  return (yield { kind: 'farthest', centroids }) as readonly FarPoint[];
}

/** Gives each empty cluster the point that lies farthest from its own centroid. */
function fillEmptyClusters({ sums, sizes }: Assignment, farthest: readonly FarPoint[], columns: number): void {
  let next = 0;
  for (let c = 0; c < sizes.length; c++) {
    const point = farthest[next];
    if (sizes[c] !== 0 || point === undefined) continue;
    next++;
    for (let j = 0; j < columns; j++) {
      const value = point.values[j] as number;
      const from = point.label * columns + j;
      sums[from] = (sums[from] as number) - value;
      sums[c * columns + j] = value;
    }
    sizes[point.label] = (sizes[point.label] as number) - 1;
    sizes[c] = 1;
  }
}

/** Moves each centroid to the mean of its points; gives the sum of squared shifts. */
function moveCentroids(centroids: Float64Array, { sums, sizes }: Assignment, columns: number): number {
  let shift = 0;
  for (let c = 0; c < sizes.length; c++) {
    const size = sizes[c] as number;
    if (size === 0) continue;
    for (let at = c * columns; at < (c + 1) * columns; at++) {
      const mean = (sums[at] as number) / size;
      shift += (mean - (centroids[at] as number)) ** 2;
      centroids[at] = mean;
    }
  }
  return shift;
}

/** Numbers clusters by size, then by their first differing coordinate, so that numbers do not hang on the seeding. */
export function rankClusters(centroids: Float64Array, sizes: Int32Array): readonly number[] {
  const columns = centroids.length / sizes.length;
  return Array.from(sizes, (_, c) => c).sort(
    (a, b) => (sizes[b] as number) - (sizes[a] as number) || compareRows(centroids, columns, a, b),
  );
}

/** The rows of k × columns values, and the sizes, in the given order. */
export function reorderClusters(
  { centroids, sizes }: { readonly centroids: Float64Array; readonly sizes: Int32Array },
  order: readonly number[],
): { readonly centroids: Float64Array; readonly sizes: Int32Array } {
  const columns = centroids.length / sizes.length;
  const moved = new Float64Array(centroids.length);
  order.forEach((c, position) => {
    moved.set(centroids.subarray(c * columns, (c + 1) * columns), position * columns);
  });
  return { centroids: moved, sizes: Int32Array.from(order, (c) => sizes[c] as number) };
}

function compareRows(values: Float64Array, columns: number, a: number, b: number): number {
  for (let j = 0; j < columns; j++) {
    const difference = (values[a * columns + j] as number) - (values[b * columns + j] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}
