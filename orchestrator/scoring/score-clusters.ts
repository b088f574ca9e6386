import type { Dialect } from '../dialects/dialect.ts';
import type { Column } from '../manifest/relation.ts';
import { readChampion, renderChampionQuery } from './champion.ts';
import { type ClusterChoice, chooseClusters } from './choose-clusters.ts';
import { nameClusters, profileClusters } from './cluster-profile.ts';
import { ColumnFinder } from './columns.ts';
import { computeDrift, type FeatureDrift } from './drift.ts';
import { checkClusterData, type Refusal } from './gates.ts';
import { renderKMeansSql, renderUnscoredKMeansSql } from './k-means-sql.ts';
import type { KMeansModel } from './model.ts';
import { renderReadQuery, renderScoredInputsQuery } from './reading-sql.ts';
import { nameVersion, renderEntry } from './registry.ts';
import type { KMeansConfig } from './score-config.ts';
import { ask, type ScoreJob, type ScoreOutcome, type Scoring } from './step.ts';
import { applyTransform, fitTransform, type InputColumn, type Transform } from './transform.ts';

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

/** Shares at which features are winsorised. */
const winsoriseShares = [0.01, 0.99] as const;

/** Fits k-means and places every row to score; docs/scores.md tells the rules. */
export function* scoreClusters(
  job: ScoreJob,
  config: KMeansConfig,
  asOf: string,
  dialect: Dialect,
): Scoring<ScoreOutcome> {
  const scored = new ColumnFinder(yield* ask('describe-query', job.sql), 'the rows to score', job.place);
  const columns = yield* readTrainingColumns(job, config, scored, { asOf, dialect });
  const rows = columns[0]?.values.length ?? 0;
  const version = nameVersion(job, asOf, [rows]);
  const champion = yield* findChampion(job, scored, { asOf, version, dialect });
  const setting: Setting = { job, config, asOf, version, scored, rows, champion, dialect };
  const tooLittle = checkClusterData(
    rows,
    config.gates,
    config.params.k === 'auto' ? config.params.k_min : config.params.k,
  );
  if (tooLittle !== null) return finish(setting, null, tooLittle);
  const drift = yield* readDrift(setting, columns);
  const candidate = { ...fitClusters(setting, columns), drift };
  if (candidate.model !== null) return finish(setting, candidate, null);
  const share = `${config.params.min_share * 100} %`;
  const reason = `no k in ${config.params.k_min} to ${config.params.k_max} gives clusters of at least ${share} of rows`;
  return finish(setting, candidate, { status: 'model_rejected', reason });
}

function* readTrainingColumns(
  job: ScoreJob,
  config: KMeansConfig,
  scored: ColumnFinder,
  { asOf, dialect }: { readonly asOf: string; readonly dialect: Dialect },
): Scoring<readonly InputColumn[]> {
  const sql = job.training === null ? job.sql : `select *\nfrom ${job.training}`;
  const training =
    job.training === null
      ? scored
      : new ColumnFinder(yield* ask('describe-query', sql), 'the training rows', job.place);
  const numbers = training.findNumbers(config.features);
  const source = { sql, key: training.findAll(config.entity_key), label: null, time: null, asOf };
  return nameInputs(numbers, yield* ask('read-numbers', renderReadQuery(source, numbers, [], dialect)));
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

/** Rows that were fitted on cannot have moved away from themselves. */
function* readDrift(
  { job, config, scored, dialect }: Setting,
  training: readonly InputColumn[],
): Scoring<Readonly<Record<string, FeatureDrift>>> {
  if (job.training === null) return {};
  const numbers = scored.findNumbers(config.features);
  const arrays = yield* ask('read-numbers', renderScoredInputsQuery(job.sql, numbers, [], dialect));
  return computeDrift(training, nameInputs(numbers, arrays));
}

function nameInputs(numbers: readonly Column[], arrays: readonly Float64Array[]): readonly InputColumn[] {
  return numbers.map(({ name }, i) => ({ kind: 'number', name, values: arrays[i] ?? new Float64Array(0) }));
}

function fitClusters({ config, version }: Setting, columns: readonly InputColumn[]): Omit<Candidate, 'drift'> {
  const options = { log: config.log_features, winsorise: winsoriseShares, flagMissing: false };
  const transform = fitTransform(columns, options);
  const choice = chooseClusters(applyTransform(transform, columns), config);
  return { choice, model: describeModel(choice, { config, version, transform, columns }) };
}

function describeModel(
  { fit }: ClusterChoice,
  parts: {
    readonly config: KMeansConfig;
    readonly version: string;
    readonly transform: Transform;
    readonly columns: readonly InputColumn[];
  },
): KMeansModel | null {
  if (fit === null) return null;
  const { centroids, labels, sizes } = fit;
  const profiles = profileClusters(parts.columns, labels, centroids.rows);
  const names = nameClusters(profiles, parts.config.cluster_names);
  const clusters = profiles.map((profile, c) => ({
    name: names[c] ?? '',
    centroid: [...centroids.values.subarray(c * centroids.columns, (c + 1) * centroids.columns)],
    size: sizes[c] ?? 0,
    profile,
  }));
  return { estimator: 'kmeans', version: parts.version, transform: parts.transform, clusters };
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
