import type { Dialect } from '../dialects/dialect.ts';
import type { Column } from '../manifest/relation.ts';
import { type ClusterChoice, ClusterTrials, listCandidates, silhouetteRows } from './choose-clusters.ts';
import { type ClusterProfile, describeProfiles } from './cluster-profile.ts';
import { nameInputColumns } from './design-sql.ts';
import { type Clustering, labelPoints } from './k-means.ts';
import { fitKMeansInWarehouse, type KMeansProblem, sumInputs } from './k-means-in-warehouse.ts';
import { sampleRows } from './matrix.ts';
import { checkRowCount } from './read-classifier-rows.ts';
import { renderWorkRows, type TrainingSource } from './reading-sql.ts';
import type { KMeansConfig } from './score-config.ts';
import { computeSilhouette } from './silhouette.ts';
import { ask, type ScoreJob, type Scoring } from './step.ts';
import { applyTransform, type InputColumn, nameNumbers, type Transform, type TransformOptions } from './transform.ts';
import { fitTransformInWarehouse } from './transform-in-warehouse.ts';
import { createWorkTable, dropWorkTable, renderSpread, sampleLimit, type WorkRows } from './work-rows.ts';

/** What clusters are made of. */
export interface ClusterTask {
  readonly job: ScoreJob;
  readonly config: KMeansConfig;
  readonly source: TrainingSource;
  /** The columns of the features in the training rows. */
  readonly numbers: readonly Column[];
  readonly rows: number;
}

/** Clusters, what they look like, and rows they were made from: all of them, or some spread evenly over them. */
export interface FittedClusters {
  readonly transform: Transform;
  readonly choice: ClusterChoice;
  /** In the order of the clusters; empty where none were chosen. */
  readonly profiles: readonly ClusterProfile[];
  readonly training: readonly InputColumn[];
}

/** Rows on which all restarts are made at most. */
const startRows = 50_000;

/** Clusters all rows in the warehouse; what is read here is a bounded sample, where the iterations start. */
export function* fitClustersInWarehouse(
  task: ClusterTask,
  options: TransformOptions,
  dialect: Dialect,
): Scoring<FittedClusters> {
  const { job, config, source, numbers, rows } = task;
  const table = yield* createWorkTable(job, renderWorkRows(source, numbers, [], dialect), dialect);
  const counted = yield* ask('query', `select count(*) from ${table}`);
  checkRowCount(job, rows, Number(counted.rows[0]?.[0] ?? 0));
  const work: WorkRows = { table, rows, dialect };
  const training = yield* readSpread(work, numbers, sampleLimit);
  const transform = yield* fitTransformInWarehouse(work, training, options);
  const { sample } = sampleRows(applyTransform(transform, training), startRows);
  const problem: KMeansProblem = { work, transform, sample };
  const few = applyTransform(transform, yield* readSpread(work, numbers, silhouetteRows));
  const trials = new ClusterTrials<Clustering>(config.params, rows);
  for (const k of listCandidates(config.params, rows)) {
    const { n_init: nInit, max_iter: maxIter, tolerance } = config.params;
    const fit = yield* fitKMeansInWarehouse(problem, { k, nInit, maxIter, tolerance, seed: config.seed });
    trials.add(k, fit, computeSilhouette(few, labelPoints(few, fit.centroids.values), k));
  }
  const { choice } = trials;
  const profiles = choice.fit === null ? [] : yield* readProfiles(problem, choice.fit, numbers);
  yield* dropWorkTable(job, dialect);
  return { transform, choice, profiles, training };
}

function* readSpread(work: WorkRows, numbers: readonly Column[], limit: number): Scoring<readonly InputColumn[]> {
  const names = nameInputColumns({ inputs: numbers.map(() => ({ kind: 'number' })) });
  const spread = { first: 0, rows: work.rows, limit };
  return nameNumbers(numbers, yield* ask('read-numbers', renderSpread(work.table, names, spread)));
}

function* readProfiles(
  problem: KMeansProblem,
  { centroids }: Clustering,
  numbers: readonly Column[],
): Scoring<readonly ClusterProfile[]> {
  const { sums, counts } = yield* sumInputs(problem, centroids);
  const totals = numbers.map(({ name }, i) => ({
    name,
    sums: sums[i] ?? new Float64Array(0),
    counts: counts[i] ?? new Float64Array(0),
  }));
  return describeProfiles(totals, centroids.rows);
}
