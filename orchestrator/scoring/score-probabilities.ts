import type { Dialect } from '../dialects/dialect.ts';
import { readChampion, renderChampionQuery } from './champion.ts';
import {
  crossValidate,
  type LabelledRows,
  predict,
  sliceRows,
  type ValidatedClassifier,
  validateByTime,
} from './classifier.ts';
import { type ClassifierTask, type FittedClassifier, fitClassifierInWarehouse } from './classifier-in-warehouse.ts';
import { computeDrift, type FeatureDrift } from './drift.ts';
import { isFittedInWarehouse } from './fit-place.ts';
import { checkClassifier, checkTrainingData, type Refusal } from './gates.ts';
import { renderLogisticSql, renderUnscoredLogisticSql } from './logistic-sql.ts';
import { evaluateClassifier } from './metrics.ts';
import type { LogisticModel } from './model.ts';
import { countRows, describePeriods, describeWindow, type PeriodSplit, readPeriods, splitPeriods } from './periods.ts';
import {
  type ClassifierColumns,
  findClassifierColumns,
  readLabelledRows,
  readLevels,
  readScoredInputs,
} from './read-classifier-rows.ts';
import { renderPeriodsQuery } from './reading-sql.ts';
import { nameVersion, renderEntry } from './registry.ts';
import type { LogisticConfig } from './score-config.ts';
import { computeSeparation } from './separation.ts';
import { ask, type ScoreJob, type ScoreOutcome, type Scoring } from './step.ts';
import { sampleLimit } from './work-rows.ts';

interface LogisticChampion {
  readonly model: LogisticModel;
  /** Its validation AUC when it was fitted. */
  readonly auc: number | null;
}

/** Everything known before fitting. */
interface Setting {
  readonly job: ScoreJob;
  readonly config: LogisticConfig;
  readonly asOf: string;
  readonly version: string;
  readonly columns: ClassifierColumns;
  readonly split: PeriodSplit;
  /** The model promoted before this one, if the rows to score have its columns. */
  readonly champion: LogisticChampion | null;
  readonly dialect: Dialect;
}

/** What fitting gave. */
interface Candidate {
  readonly model: LogisticModel;
  readonly validated: ValidatedClassifier;
  readonly championAuc: number | null;
  readonly drift: Readonly<Record<string, FeatureDrift>>;
  readonly separation: Readonly<Record<string, number>>;
}

/** Fits, validates and applies a classifier; docs/scores.md tells the rules. */
export function* scoreProbabilities(
  job: ScoreJob,
  config: LogisticConfig,
  asOf: string,
  dialect: Dialect,
): Scoring<ScoreOutcome> {
  const columns = yield* findClassifierColumns(job, config, asOf, dialect);
  const answer = yield* ask('query', renderPeriodsQuery(columns.source, dialect));
  const periods = readPeriods(answer, config.label, job.place);
  const hasTime = columns.source.time !== null;
  const split = hasTime ? splitPeriods(periods, config.validation.fraction) : { training: periods, validation: [] };
  const version = nameVersion(
    job,
    asOf,
    periods.flatMap((period) => [period.rows, period.positives]),
  );
  const champion = yield* findChampion(job, columns, { asOf, version, dialect });
  const setting: Setting = { job, config, asOf, version, columns, split, champion, dialect };
  const tooLittle = checkTrainingData(describePeriods(periods, asOf, hasTime), config);
  if (tooLittle !== null) return finish(setting, null, tooLittle);
  const candidate = yield* fitCandidate(setting);
  const { converged } = candidate.validated.fit;
  const { auc } = candidate.validated.metrics;
  const refusal = checkClassifier({ converged, auc, championAuc: candidate.championAuc }, config.gates);
  return finish(setting, candidate, refusal);
}

function* findChampion(
  job: ScoreJob,
  columns: ClassifierColumns,
  { asOf, version, dialect }: { readonly asOf: string; readonly version: string; readonly dialect: Dialect },
): Scoring<LogisticChampion | null> {
  const answer = yield* ask('query', renderChampionQuery(job, asOf, version, dialect));
  const { model, auc } = readChampion(job, answer) ?? { auc: null };
  if (model?.estimator !== 'logistic_regression') return null;
  return columns.scored.hasAll(model.transform.inputs.map((input) => input.name)) ? { model, auc } : null;
}

function* fitCandidate(setting: Setting): Scoring<Candidate> {
  const { job, config, columns, split, champion, dialect } = setting;
  const trainingRows = countRows(split.training);
  const until = split.validation[0]?.observedOn ?? null;
  const levels = yield* readLevels(job, columns, until, dialect);
  const validationRows = countRows(split.validation);
  const task: ClassifierTask = { job, config, columns, levels, trainingRows, validationRows };
  const isRemote = isFittedInWarehouse(config, trainingRows + validationRows);
  const fitted = yield* isRemote ? fitClassifierInWarehouse(task, dialect) : fitClassifierHere(task, dialect);
  const { validated, training, later } = fitted;
  const scored = yield* readScoredInputs({ job, columns, levels }, isRemote ? sampleLimit : null, dialect);
  const model: LogisticModel = {
    estimator: 'logistic_regression',
    version: setting.version,
    transform: validated.transform,
    intercept: validated.fit.intercept,
    coefficients: [...validated.fit.coefficients],
  };
  return {
    model,
    validated,
    championAuc: champion === null ? null : judgeChampion(champion, later),
    drift: computeDrift(training.columns, scored),
    separation: computeSeparation(training),
  };
}

/** Fits on rows read into this process. */
function* fitClassifierHere(task: ClassifierTask, dialect: Dialect): Scoring<FittedClassifier> {
  const { job, config, columns, levels, trainingRows, validationRows } = task;
  const { validation, seed, params } = config;
  const rows = yield* readLabelledRows(job, columns, levels, trainingRows + validationRows, dialect);
  const validated =
    columns.source.time === null
      ? crossValidate(rows, { folds: validation.folds, seed, params })
      : validateByTime(rows, trainingRows, params);
  const training = sliceRows(rows, 0, trainingRows);
  return { validated, training, later: sliceRows(rows, trainingRows, rows.labels.length) };
}

/** The champion's AUC on the same validation rows; where they lack an input of it, the one it had when it was fitted. */
function judgeChampion({ model, auc: formerAuc }: LogisticChampion, later: LabelledRows): number | null {
  const { transform } = model;
  const columns = transform.inputs.flatMap(
    (input) => later.columns.find((column) => column.name === input.name && column.kind === input.kind) ?? [],
  );
  if (later.labels.length === 0 || columns.length < transform.inputs.length) return formerAuc;
  const { auc } = evaluateClassifier(later.labels, predict({ transform, fit: model }, columns));
  return Number.isNaN(auc) ? formerAuc : auc;
}

function finish(setting: Setting, candidate: Candidate | null, refusal: Refusal | null): ScoreOutcome {
  const { job, asOf, version, split, dialect } = setting;
  const status = refusal === null ? 'champion' : 'rejected';
  const entry = {
    version,
    asOf,
    status,
    reason: refusal?.reason ?? null,
    model: candidate?.model ?? null,
    metrics: candidate === null ? {} : describeMetrics(candidate),
    window: describeWindow(split),
  } as const;
  const scoring = refusal === null ? (candidate?.model ?? null) : (setting.champion?.model ?? null);
  return {
    sql: renderScores(setting, scoring, refusal),
    statements: renderEntry(job, entry, dialect),
    estimator: 'logistic_regression',
    status,
    version: scoring?.version ?? null,
    message: describeOutcome(setting, candidate, refusal),
  };
}

function renderScores(setting: Setting, model: LogisticModel | null, refusal: Refusal | null): string {
  const { job, config, asOf, columns, dialect } = setting;
  const { scored, scoredKey: key, eligible } = columns;
  const table = { sql: job.sql, key, eligible, asOf, reason: refusal?.reason ?? null };
  if (model === null) {
    return renderUnscoredLogisticSql({ ...table, status: refusal?.status ?? 'insufficient_data' }, dialect);
  }
  const inputs = scored.findAll(model.transform.inputs.map((input) => input.name));
  return renderLogisticSql(model, { ...table, inputs, bands: config.bands }, dialect);
}

/** The metrics as the registry keeps them, keys as SQL users write them. */
function describeMetrics({ validated, championAuc, drift, separation }: Candidate): object {
  const { metrics, method, fit } = validated;
  return {
    validation: method,
    rows: metrics.rows,
    positives: metrics.positives,
    base_rate: metrics.baseRate,
    auc: metrics.auc,
    average_precision: metrics.averagePrecision,
    log_loss: metrics.logLoss,
    brier: metrics.brier,
    ece: metrics.ece,
    lift_top_decile: metrics.liftTopDecile,
    champion_auc: championAuc,
    gains: metrics.gains.map(({ cumulativeShare, ...row }) => ({ ...row, cumulative_share: cumulativeShare })),
    psi: drift,
    psi_by_label: separation,
    fit: { iterations: fit.iterations, converged: fit.converged, gradient_norm: fit.gradientNorm },
  };
}

function describeOutcome(setting: Setting, candidate: Candidate | null, refusal: Refusal | null): string {
  const { version, champion } = setting;
  const auc = candidate === null ? '' : `, AUC ${candidate.validated.metrics.auc.toFixed(3)}`;
  if (refusal === null) return `champion ${version}${auc}`;
  const instead = champion === null ? 'rows have no score' : `scored by ${champion.model.version}`;
  return `rejected ${version}${auc}: ${refusal.reason}; ${instead}`;
}
