import type { z } from 'zod';
import { type Place, StrataError } from '../errors.ts';
import { scoreConfigKeys } from '../manifest/score-keys.ts';
import { suggest } from '../nearest.ts';
import { type EstimatorName, kMeansSchema, logisticSchema, type ScoreConfig } from './score-config.ts';

const schemas: Readonly<Record<EstimatorName, typeof logisticSchema | typeof kMeansSchema>> = {
  kmeans: kMeansSchema,
  logistic_regression: logisticSchema,
};

/** dbt's own model settings, and those of its adapters, which say nothing about the score. */
const generalKeys = new Set(
  `access alias automatic_clustering batch_size begin cluster_by column_types concurrent_batches contract copy_grants
  database docs enabled event_time freshness full_refresh grants group hours_to_expiration incremental_strategy indexes
  kms_key_name labels language lookback materialized meta on_configuration_change on_error on_schema_change packages
  partition_by partition_expiration_days persist_docs post-hook post_hook pre-hook pre_hook query_tag quoting
  require_partition_filter schema secure snowflake_warehouse sql_header static_analysis tags tests transient unique_key
  unlogged`.split(/\s+/),
);

/** Checks the settings of a score node. Throws `score-invalid` with every fault in one message. */
export function parseScoreConfig(config: Readonly<Record<string, unknown>>, place: Place = {}): ScoreConfig {
  const settings = Object.fromEntries(
    Object.entries(config).filter(([key, value]) => !generalKeys.has(key) && value !== null && value !== undefined),
  );
  const schema = schemas[readEstimator(settings['estimator'], place)];
  const result = schema.safeParse(settings);
  if (!result.success) {
    const faults = result.error.issues.flatMap((issue) => describeIssue(issue, schema, settings));
    throw new StrataError('score-invalid', `score: ${faults.join('; ')}.`, place);
  }
  checkTogether(result.data, place);
  return result.data;
}

function readEstimator(value: unknown, place: Place): EstimatorName {
  const known = Object.keys(schemas);
  if (typeof value === 'string' && isEstimator(value)) return value;
  const options = `Estimators: ${known.join(', ')}.`;
  if (value === undefined) {
    throw new StrataError('score-invalid', 'score: "estimator" is missing.', place, { hint: options });
  }
  const hint = typeof value === 'string' ? suggest(value, known, options) : options;
  throw new StrataError('score-invalid', `score: unknown estimator ${JSON.stringify(value)}.`, place, { hint });
}

function isEstimator(value: string): value is EstimatorName {
  return Object.hasOwn(schemas, value);
}

const typeNames: ReadonlyMap<string, string> = new Map([
  ['string', 'text'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['object', 'a mapping'],
  ['record', 'a mapping'],
]);

function valueAt(settings: object, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, step) => Object(value)[step], settings);
}

type Schema = typeof logisticSchema | typeof kMeansSchema;

function describeIssue(issue: z.core.$ZodIssue, schema: Schema, settings: object): readonly string[] {
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => describeUnknownKey(key, path, knownKeys(schema, issue.path)));
  }
  if (issue.path.length === 1 && !Object.hasOwn(settings, path)) return [`"${path}" is missing`];
  const expected = issue.code === 'invalid_type' ? typeNames.get(issue.expected) : undefined;
  if (expected !== undefined)
    return [`"${path}" must be ${expected}, not ${JSON.stringify(valueAt(settings, issue.path))}`];
  if (issue.message === 'Invalid input')
    return [`"${path}" cannot be ${JSON.stringify(valueAt(settings, issue.path))}`];
  return [`"${path}" ${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}`];
}

function describeUnknownKey(key: string, path: string, known: readonly string[]): string {
  const where = path === '' ? '' : ` in "${path}"`;
  const elsewhere = path === '' && (scoreConfigKeys as readonly string[]).includes(key);
  if (elsewhere) return `"${key}" does not apply to this estimator`;
  const hint = suggest(key, known)?.replace(/\?$/, '');
  return `unknown key "${key}"${where}${hint === undefined ? '' : ` (${hint.charAt(0).toLowerCase()}${hint.slice(1)}?)`}`;
}

/** Keys known at a path of the schema; nothing for lists and maps, whose keys are the user's. */
function knownKeys(schema: Schema, path: readonly PropertyKey[]): readonly string[] {
  let current: z.core.$ZodType = schema;
  for (const part of path) {
    const shape = shapeOf(current);
    const next = shape?.[String(part)];
    if (next === undefined) return [];
    current = next;
  }
  return Object.keys(shapeOf(current) ?? {});
}

function shapeOf(type: z.core.$ZodType): Readonly<Record<string, z.core.$ZodType>> | undefined {
  const definition = type._zod.def as { readonly innerType?: z.core.$ZodType; readonly shape?: z.core.$ZodLooseShape };
  if (definition.innerType !== undefined) return shapeOf(definition.innerType);
  return definition.shape;
}

function checkTogether(config: ScoreConfig, place: Place): void {
  const inputs = config.estimator === 'kmeans' ? config.features : [...config.features, ...config.categorical_features];
  const fault = (message: string) => new StrataError('score-invalid', `score: ${message}`, place);
  if (inputs.length === 0) throw fault('"features" is missing or empty.');
  const twice = inputs.find((input, index) => inputs.indexOf(input) !== index);
  if (twice !== undefined) throw fault(`feature "${twice}" is listed twice.`);
  if (config.estimator === 'kmeans') {
    checkClusters(config, place);
    return;
  }
  if (inputs.includes(config.label)) throw fault(`the label "${config.label}" must not be a feature.`);
  if (Object.keys(config.bands).length === 0) throw fault('"bands" is empty.');
}

function checkClusters(config: Extract<ScoreConfig, { estimator: 'kmeans' }>, place: Place): void {
  const { k_min: least, k_max: most } = config.params;
  if (least > most) throw new StrataError('score-invalid', `score: k_min ${least} is above k_max ${most}.`, place);
  const named = config.cluster_names.flatMap((rule) => Object.keys(rule.when));
  const logged = config.log_features === 'auto' ? [] : config.log_features;
  const unknown = [...logged, ...named].find((feature) => !config.features.includes(feature));
  if (unknown === undefined) return;
  const hint = suggest(
    unknown,
    config.features,
    'Names in "log_features" and "cluster_names" are those of "features".',
  );
  throw new StrataError('score-invalid', `score: "${unknown}" is not among the features.`, place, { hint });
}
