import { createHash } from 'node:crypto';
import type { Dialect, LogicalType } from '../dialects/dialect.ts';
import type { Relation } from '../manifest/relation.ts';
import type { FittedModel } from './model.ts';
import { renderDate } from './sql-text.ts';
import type { ModelStatus, ScoreJob } from './step.ts';

/** The name of the table that keeps every model fitted, in the target's schema. */
export const registryIdentifier = 'strata_models';

const columnTypes: readonly (readonly [string, LogicalType])[] = [
  ['name', 'string'],
  ['version', 'string'],
  ['estimator', 'string'],
  ['status', 'string'],
  ['status_reason', 'string'],
  ['parameters', 'string'],
  ['transform', 'string'],
  ['coefficients', 'string'],
  ['metrics', 'string'],
  ['code_version', 'string'],
  ['invocation_id', 'string'],
  ['training_rows', 'bigint'],
  ['training_positives', 'bigint'],
  ['validation_rows', 'bigint'],
  ['as_of', 'date'],
  ['training_from', 'date'],
  ['training_to', 'date'],
  ['validation_from', 'date'],
  ['validation_to', 'date'],
  ['fitted_at', 'timestamp'],
];

/** The statement that makes sure the registry exists: to be run once, before any score starts. */
export function createRegistry(dialect: Dialect, registry: Relation): string {
  const columns = columnTypes.map(([name, type]) => ({ name: dialect.columnName(name), type: dialect.typeName(type) }));
  return dialect.createTable(registry, columns, { ifNotExists: true });
}

/** What a model was fitted on. Dates are YYYY-MM-DD, null where there is no time column. */
export interface TrainingWindow {
  readonly rows: number;
  readonly positives: number | null;
  readonly validationRows: number;
  readonly from: string | null;
  readonly to: string | null;
  readonly validationFrom: string | null;
  readonly validationTo: string | null;
}

/** One line of the registry. */
export interface ModelEntry {
  readonly version: string;
  readonly asOf: string;
  readonly status: ModelStatus;
  readonly reason: string | null;
  /** Null where there was too little data to fit. */
  readonly model: FittedModel | null;
  readonly metrics: object;
  readonly window: TrainingWindow;
}

/**
 * A version that is the same when the same code meets the same rows: a rebuilt past day names the model it was published
 * with. Coefficients stay out of it, since their last digits may differ between warehouses.
 */
export function nameVersion(job: ScoreJob, asOf: string, counts: readonly number[]): string {
  const content = JSON.stringify([job.name, job.config, job.codeVersion, asOf, counts]);
  return `${asOf}.${createHash('sha256').update(content).digest('hex').slice(0, 8)}`;
}

/** Statements that write an entry, in place of one of the same version. */
export function renderEntry(job: ScoreJob, entry: ModelEntry, dialect: Dialect): readonly string[] {
  const table = dialect.renderRelation(job.registry);
  const text = (value: string | null) => dialect.renderLiteral(value);
  const day = (value: string | null) => renderDate(value, dialect);
  const { model, window } = entry;
  const values = [
    text(job.name),
    text(entry.version),
    text(job.config.estimator),
    text(entry.status),
    text(entry.reason),
    text(JSON.stringify(job.config)),
    text(model === null ? null : JSON.stringify(model.transform)),
    text(model === null ? null : JSON.stringify(describeCoefficients(model))),
    text(JSON.stringify(entry.metrics)),
    text(job.codeVersion),
    text(job.invocationId),
    String(window.rows),
    String(window.positives ?? 'null'),
    String(window.validationRows),
    day(entry.asOf),
    day(window.from),
    day(window.to),
    day(window.validationFrom),
    day(window.validationTo),
    `cast(${text(job.startedAt)} as ${dialect.typeName('timestamp')})`,
  ];
  const columns = columnTypes.map(([name]) => dialect.quote(name)).join(', ');
  return [
    `delete from ${table}\nwhere name = ${text(job.name)}\n    and version = ${text(entry.version)}`,
    `insert into ${table} (${columns})\nvalues (${values.join(', ')})`,
  ];
}

function describeCoefficients(model: FittedModel): object {
  return model.estimator === 'kmeans'
    ? { clusters: model.clusters }
    : { intercept: model.intercept, coefficients: model.coefficients };
}
