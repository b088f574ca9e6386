import type { Dialect } from '../dialects/dialect.ts';
import type { Column } from '../manifest/relation.ts';
import { readChampion, renderChampionQuery } from './champion.ts';
import { type ClusterChoice, chooseClusters } from './choose-clusters.ts';
import { nameClusters, profileClusters } from './cluster-profile.ts';
import { type ClusterTask, type FittedClusters, fitClustersInWarehouse } from './clusters-in-warehouse.ts';
import { ColumnFinder } from './columns.ts';
import { computeDrift, type FeatureDrift } from './drift.ts';
import { isFittedInWarehouse } from './fit-place.ts';
import { checkClusterData, type Refusal } from './gates.ts';
import { renderKMeansSql, renderUnscoredKMeansSql } from './k-means-sql.ts';
import type { KMeansModel } from './model.ts';
import { checkRowCount, countScored } from './read-classifier-rows.ts';
import { renderPeriodsQuery, renderReadQuery, renderScoredInputsQuery, type TrainingSource } from './reading-sql.ts';
import { nameVersion, renderEntry } from './registry.ts';
import type { KMeansConfig } from './score-config.ts';
import { ask, type ScoreJob, type ScoreOutcome, type ScoreRows, type Scoring } from './step.ts';
import { applyTransform, fitTransform, type InputColumn, nameNumbers, type TransformOptions } from './transform.ts';
import { sampleLimit } from './work-rows.ts';

interface Setting {
  readonly job: ScoreJob;
  readonly config: KMeansConfig;
  readonly asOf: string;
  readonly version: string;
  readonly scored: ColumnFinder;
  readonly rows: number;
  readonly champion: KMeansModel | null;
  readonly dialect: Dialect;
}

interface Candidate {
  readonly model: KMeansModel | null;
  readonly choice: ClusterChoice;
  readonly drift: Readonly<Record<string, FeatureDrift>>;
}

const transformOptions = { winsorise: [0.01, 0.99], flagMissing: false } as const;

/** Fits k-means and places every row to score; docs/scores.md tells the rules. */
export function* scoreClusters(
  job: ScoreJob,
  config: KMeansConfig,
  asOf: string,
  dialect: Dialect,
): Scoring<ScoreOutcome> {
  const { scored, source, numbers } = yield* findClusterColumns(job, config, asOf, dialect);
  const [period] = (yield* ask('query', renderPeriodsQuery(source, dialect))).rows;
  const rows = Number(period?.[1] ?? 0);
  const task: ClusterTask = { job, config, source, numbers, rows };
  const version = nameVersion(job, asOf, [rows]);
  const champion = yield* findChampion(job, scored, { asOf, version, dialect });
  const setting: Setting = { job, config, asOf, version, scored, rows, champion, dialect };
  const { k, k_min: least, k_max: most, min_share: minShare } = config.params;
  const tooLittle = checkClusterData(rows, config.gates, k === 'auto' ? least : k);
  if (tooLittle !== null) return finish(setting, null, tooLittle);
  const isRemote = isFittedInWarehouse(config, rows);
  const options = { ...transformOptions, log: config.log_features };
  const fitted = yield* isRemote
    ? fitClustersInWarehouse(task, options, dialect)
    : fitClustersHere(task, options, dialect);
  const drift = yield* readDrift(setting, fitted.training, isRemote ? sampleLimit : null);
  const candidate = { choice: fitted.choice, model: describeModel(fitted, setting), drift };
  if (candidate.model !== null) return finish(setting, candidate, null);
  const reason = `no k in ${least} to ${most} gives clusters of at least ${minShare * 100} % of rows`;
  return finish(setting, candidate, { status: 'model_rejected', reason });
}

/** The columns a clustering reads, found in the training rows and in the rows to score. */
export interface ClusterColumns {
  readonly scored: ColumnFinder;
  readonly source: TrainingSource;
  /** The columns of the features in the training rows. */
  readonly numbers: readonly Column[];
}

/** Finds every column named in the config. Throws `score-invalid` for one that is missing or of a wrong type. */
export function* findClusterColumns(
  job: ScoreRows,
  config: KMeansConfig,
  asOf: string,
  dialect: Dialect,
): Scoring<ClusterColumns> {
  const scored = new ColumnFinder(yield* ask('describe-query', job.sql), 'the rows to score', job.place, dialect);
  const sql = job.training === null ? job.sql : `select *\nfrom ${job.training}`;
  const training =
    job.training === null
      ? scored
      : new ColumnFinder(yield* ask('describe-query', sql), 'the training rows', job.place, dialect);
  const numbers = training.findNumbers(config.features);
  const source = { sql, key: training.findAll(config.entity_key), label: null, time: null, asOf };
  return { scored, source, numbers };
}

function* findChampion(
  job: ScoreJob,
  scored: ColumnFinder,
  { asOf, version, dialect }: { readonly asOf: string; readonly version: string; readonly dialect: Dialect },
): Scoring<KMeansModel | null> {
  const model = readChampion(job, yield* ask('query', renderChampionQuery(job, asOf, version, dialect)))?.model;
  if (model?.estimator !== 'kmeans') return null;
  return scored.hasAll(model.transform.inputs.map((input) => input.name)) ? model : null;
}

/** Fits on rows read into this process. */
function* fitClustersHere(task: ClusterTask, options: TransformOptions, dialect: Dialect): Scoring<FittedClusters> {
  const { job, config, source, numbers, rows } = task;
  const arrays = yield* ask('read-numbers', renderReadQuery(source, numbers, [], dialect));
  checkRowCount(job, rows, arrays[0]?.length ?? 0);
  const training = nameNumbers(numbers, arrays);
  const transform = fitTransform(training, options);
  const choice = chooseClusters(applyTransform(transform, training), config);
  const { fit } = choice;
  const profiles = fit === null ? [] : profileClusters(training, fit.labels, fit.centroids.rows);
  return { transform, choice, profiles, training };
}

/** Rows that were fitted on cannot have moved away from themselves. */
function* readDrift(
  { job, config, scored, dialect }: Setting,
  training: readonly InputColumn[],
  limit: number | null,
): Scoring<Readonly<Record<string, FeatureDrift>>> {
  if (job.training === null) return {};
  const numbers = scored.findNumbers(config.features);
  const source = { sql: job.sql, key: scored.findAll(config.entity_key), numbers, categories: [] };
  const size = limit === null ? null : { rows: yield* countScored(job.sql), limit };
  const arrays = yield* ask('read-numbers', renderScoredInputsQuery(source, size, dialect));
  return computeDrift(training, nameNumbers(numbers, arrays));
}

function describeModel(
  { transform, choice: { fit }, profiles }: FittedClusters,
  { config, version }: Setting,
): KMeansModel | null {
  if (fit === null) return null;
  const { centroids, sizes } = fit;
  const names = nameClusters(profiles, config.cluster_names);
  const clusters = profiles.map((profile, c) => ({
    name: names[c] ?? '',
    centroid: [...centroids.values.subarray(c * centroids.columns, (c + 1) * centroids.columns)],
    size: sizes[c] ?? 0,
    profile,
  }));
  return { estimator: 'kmeans', version, transform, clusters };
}

function finish(setting: Setting, candidate: Candidate | null, refusal: Refusal | null): ScoreOutcome {
  const { job, asOf, version, champion, dialect, rows } = setting;
  const status = refusal === null ? 'champion' : 'rejected';
  const model = candidate?.model ?? null;
  const window = {
    rows,
    positives: null,
    validationRows: 0,
    from: null,
    to: null,
    validationFrom: null,
    validationTo: null,
  };
  const metrics = candidate === null ? {} : describeMetrics(candidate);
  const entry = { version, asOf, status, reason: refusal?.reason ?? null, model, metrics, window } as const;
  const scoring = refusal === null ? model : champion;
  return {
    sql: renderScores(setting, scoring, refusal),
    statements: renderEntry(job, entry, dialect),
    estimator: 'kmeans',
    status,
    version: scoring?.version ?? null,
    message: describeOutcome(setting, candidate, refusal),
  };
}

function renderScores(
  { job, asOf, scored, config, dialect }: Setting,
  model: KMeansModel | null,
  refusal: Refusal | null,
): string {
  const table = { sql: job.sql, key: scored.findAll(config.entity_key), asOf, reason: refusal?.reason ?? null };
  if (model === null)
    return renderUnscoredKMeansSql({ ...table, status: refusal?.status ?? 'insufficient_data' }, dialect);
  const inputs = scored.findNumbers(model.transform.inputs.map((input) => input.name));
  return renderKMeansSql(model, { ...table, inputs }, dialect);
}

function describeMetrics({ choice, drift }: Candidate): object {
  return {
    k: choice.fit?.centroids.rows ?? null,
    silhouette: choice.silhouette,
    inertia: choice.fit?.inertia ?? null,
    iterations: choice.fit?.iterations ?? null,
    trials: choice.trials.map(({ smallestShare, ...trial }) => ({ ...trial, smallest_share: smallestShare })),
    psi: drift,
  };
}

function describeOutcome({ version, champion }: Setting, candidate: Candidate | null, refusal: Refusal | null): string {
  if (refusal === null && candidate !== null) {
    const { fit, silhouette } = candidate.choice;
    return `champion ${version}, ${fit?.centroids.rows ?? 0} clusters, silhouette ${silhouette.toFixed(3)}`;
  }
  const instead = champion === null ? 'rows have no cluster' : `placed by ${champion.version}`;
  return `rejected ${version}: ${refusal?.reason ?? ''}; ${instead}`;
}
