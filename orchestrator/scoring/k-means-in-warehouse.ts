import { renderDesign } from './design-sql.ts';
import { type Clustering, fitKMeans, type KMeansOptions } from './k-means.ts';
import {
  type Assignment,
  type FarPoint,
  iterateLloyd,
  type LloydRequest,
  rankClusters,
  reorderClusters,
} from './lloyd.ts';
import type { Matrix } from './matrix.ts';
import { renderCte, renderList, renderNumber } from './sql-text.ts';
import { ask, report, type Scoring } from './step.ts';
import type { Transform } from './transform.ts';
import type { WorkRows } from './work-rows.ts';

/** Rows of the work table as a transform sees them. */
export interface KMeansProblem {
  readonly work: WorkRows;
  readonly transform: Transform;
  /** Some of the rows, or all: design matrix. */
  readonly sample: Matrix;
}

/**
 * k-means where the rows are: each of Lloyd's iterations is one query of sums and counts per nearest centroid. All
 * restarts are made on the sample, and the best goes on with all rows.
 */
export function* fitKMeansInWarehouse(problem: KMeansProblem, options: KMeansOptions): Scoring<Clustering> {
  const { work, sample, transform } = problem;
  const { columns } = sample;
  const started = fitKMeans(sample, options);
  // From the very seeds where the sample is all there is, so that the iterations are those of a fit made here.
  const centroids = Float64Array.from(sample.rows === work.rows ? started.seeds : started.centroids.values);
  const shiftBound = options.tolerance * meanVariance(transform);
  const steps = iterateLloyd(centroids, { k: options.k, columns, maxIter: options.maxIter, shiftBound });
  let next = steps.next();
  for (let pass = 1; next.done !== true; pass++) {
    const { kind, centroids: at } = next.value;
    const answer: Assignment | readonly FarPoint[] =
      kind === 'assign' ? yield* assign(problem, at, options.k) : yield* findFarthest(problem, at, options.k);
    yield* report(`k = ${options.k}, pass ${pass} over ${work.rows} rows`);
    next = steps.next(answer);
  }
  const { sizes, inertia, iterations } = next.value;
  const ordered = reorderClusters({ centroids, sizes }, rankClusters(centroids, sizes));
  const values = ordered.centroids;
  return { centroids: { values, rows: options.k, columns }, sizes: ordered.sizes, inertia, iterations };
}

/** Standardised columns vary by 1, but for those that do not vary at all. */
function meanVariance({ inputs }: Transform): number {
  const varying = inputs.filter((input) => input.kind === 'number' && input.deviation > 0).length;
  return varying / inputs.length;
}

function* assign(problem: KMeansProblem, centroids: LloydRequest['centroids'], k: number): Scoring<Assignment> {
  const { columns } = problem.sample;
  const names = nameDesign(columns);
  const sums = ['count(*)', 'sum(least_distance)', ...names.map((name) => `sum(${name})`)];
  const answer = yield* ask('query', renderByCluster(problem, { values: centroids, rows: k, columns }, sums));
  const assignment = { sums: new Float64Array(centroids.length), sizes: new Int32Array(k) };
  let inertia = 0;
  for (const row of answer.rows) {
    const [label = 0, size = 0, distance = 0, ...coordinates] = row.map(Number);
    assignment.sizes[label] = size;
    assignment.sums.set(coordinates, label * columns);
    inertia += distance;
  }
  return { ...assignment, inertia };
}

/** Sums by cluster, which is the first column. */
function renderByCluster(problem: KMeansProblem, centroids: Matrix, sums: readonly string[]): string {
  const columns = ['label', ...sums.map((sum, i) => `${sum} as sum_${i + 1}`)];
  return `${renderLabelled(problem, centroids)}select\n${renderList(columns, 4)}\nfrom labelled\ngroup by label\norder by label`;
}

/** Sums of the inputs as they were read, and how many of each are known, cluster by cluster. */
export function* sumInputs(
  problem: KMeansProblem,
  centroids: Matrix,
): Scoring<{ readonly sums: readonly Float64Array[]; readonly counts: readonly Float64Array[] }> {
  const numbers = problem.transform.inputs.map((_, i) => `number_${i + 1}`);
  const asked = numbers.flatMap((number) => [`sum(${number})`, `count(${number})`]);
  const answer = yield* ask('query', renderByCluster(problem, centroids, asked));
  const pick = (offset: number) =>
    numbers.map((_, i) => {
      const picked = new Float64Array(centroids.rows);
      for (const row of answer.rows) picked[Number(row[0])] = Number(row[1 + 2 * i + offset] ?? 0);
      return picked;
    });
  return { sums: pick(0), counts: pick(1) };
}

function* findFarthest(
  problem: KMeansProblem,
  centroids: LloydRequest['centroids'],
  k: number,
): Scoring<readonly FarPoint[]> {
  const { columns } = problem.sample;
  const names = nameDesign(columns);
  const answer = yield* ask(
    'query',
    `${renderLabelled(problem, { values: centroids, rows: k, columns })}select label, ${names.join(', ')}\nfrom labelled\norder by least_distance desc, row_index\nlimit ${k}`,
  );
  return answer.rows.map((row) => {
    const [label = 0, ...values] = row.map(Number);
    return { label, values };
  });
}

function nameDesign(columns: number): readonly string[] {
  return Array.from({ length: columns }, (_, i) => `x_${i + 1}`);
}

/** CTEs that end in `labelled`: every row with its nearest centroid (the first of equals) and the squared distance. */
function renderLabelled({ work, transform }: KMeansProblem, { values, rows: k, columns }: Matrix): string {
  const { dialect } = work;
  const fence = dialect.needsMaterializedCtes ? 'as materialized' : 'as';
  const names = nameDesign(columns);
  const design = renderDesign(transform, dialect).map((sql, i) => `${sql} as ${names[i]}`);
  const inputs = transform.inputs.map((_, i) => `number_${i + 1}`);
  const distances = Array.from({ length: k }, (_, c) => {
    const squares = names.map((name, j) => {
      const difference = `(${name} - ${renderNumber(values[c * columns + j] ?? 0)})`;
      return `${difference} * ${difference}`;
    });
    return `${squares.join(' + ')} as distance_${c}`;
  });
  const found = distances.map((_, c) => `distance_${c}`);
  const labels = found.map((distance, c) => `when ${distance} = least_distance then ${c}`);
  const read = renderList(['row_index', ...inputs, ...design], 4);
  const ctes = [
    renderCte('points', `select\n${read}\nfrom ${work.table}\nwhere row_index < ${work.rows}`, fence),
    renderCte('distances', `select\n${renderList(['points.*', ...distances], 4)}\nfrom points`, fence),
    renderCte('nearest', `select\n    distances.*,\n    least(${found.join(', ')}) as least_distance\nfrom distances`),
    renderCte('labelled', `select\n    nearest.*,\n    case ${labels.join(' ')} end as label\nfrom nearest`),
  ];
  return `with ${ctes.join(',\n')}\n`;
}
