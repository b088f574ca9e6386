import { homedir } from 'node:os';
import { resolve } from 'node:path';
import * as z from 'zod/mini';
import type { StrataError } from '../../errors.ts';
import type { JsonObject } from '../../manifest/json.ts';
import { checkShape, freeMapping, oneOf, strictShape, text } from '../shape.ts';
import {
  type CheckedConnection,
  type ConnectionPlace,
  type Credentials,
  count,
  defaultThreads,
  invalidKey,
  missingKey,
  targetCodes,
  threadCount,
  wholeNumber,
} from './target.ts';

const methods = ['oauth', 'oauth-secrets', 'service-account', 'service-account-json'] as const;

/** A connection to BigQuery. Keys that were not given are null, so that templates can ask for them. */
export interface BigQueryTarget extends Credentials {
  readonly type: 'bigquery';
  readonly method: (typeof methods)[number];
  readonly project: string;
  /** The project that pays for the jobs, where that is another one. */
  readonly execution_project: string | null;
  readonly location: string | null;
  /** Absolute path. */
  readonly keyfile: string | null;
  readonly keyfile_json: Readonly<Record<string, unknown>> | null;
  readonly token: string | null;
  readonly refresh_token: string | null;
  readonly client_id: string | null;
  readonly client_secret: string | null;
  readonly token_uri: string | null;
  readonly impersonate_service_account: string | null;
  readonly scopes: readonly string[] | null;
  readonly priority: 'interactive' | 'batch' | null;
  readonly maximum_bytes_billed: number | null;
  readonly job_execution_timeout_seconds: number | null;
  readonly job_retries: number;
  readonly quota_project: string | null;
  readonly api_endpoint: string | null;
}

/** dbt-bigquery's keys with their aliases; those of Python models mean nothing here. */
const shape = strictShape({
  type: z.literal('bigquery'),
  method: z.enum(methods),
  project: z.optional(text),
  database: z.optional(text),
  dataset: z.optional(text),
  schema: z.optional(text),
  threads: z.optional(threadCount),
  location: z.nullish(text),
  keyfile: z.nullish(text),
  keyfile_json: z.nullish(oneOf('the fields of a key file, or them as JSON', [freeMapping, text])),
  token: z.nullish(text),
  refresh_token: z.nullish(text),
  client_id: z.nullish(text),
  client_secret: z.nullish(text),
  token_uri: z.nullish(text),
  impersonate_service_account: z.nullish(text),
  scopes: z.nullish(z.array(text)),
  priority: z.nullish(z.enum(['interactive', 'batch'])),
  maximum_bytes_billed: z.nullish(wholeNumber(1)),
  job_execution_timeout_seconds: z.nullish(wholeNumber(1)),
  timeout_seconds: z.nullish(wholeNumber(1)),
  job_creation_timeout_seconds: z.nullish(wholeNumber(1)),
  job_retries: z.nullish(count),
  retries: z.nullish(count),
  job_retry_deadline_seconds: z.nullish(wholeNumber(1)),
  execution_project: z.nullish(text),
  quota_project: z.nullish(text),
  api_endpoint: z.nullish(text),
  compute_region: z.nullish(text),
  dataproc_region: z.nullish(text),
  dataproc_cluster_name: z.nullish(text),
  dataproc_batch: z.nullish(freeMapping),
  gcs_bucket: z.nullish(text),
  submission_method: z.nullish(text),
});

type Yaml = z.infer<typeof shape>;
type LoginKey = 'keyfile' | 'keyfile_json' | 'token' | 'refresh_token';

/** The keys that say who logs in, and the methods they belong to. */
const loginKeys: readonly (readonly [key: LoginKey, method: BigQueryTarget['method']])[] = [
  ['keyfile', 'service-account'],
  ['keyfile_json', 'service-account-json'],
  ['token', 'oauth-secrets'],
  ['refresh_token', 'oauth-secrets'],
];

/** Reads a target of type bigquery. */
export function readBigQueryTarget(
  output: unknown,
  errors: StrataError[],
  place: ConnectionPlace,
): CheckedConnection<BigQueryTarget> | undefined {
  const yaml = checkShape(shape, output, errors, { ...place, codes: targetCodes });
  if (yaml === undefined) return undefined;
  const project = yaml.project ?? yaml.database;
  const schema = yaml.dataset ?? yaml.schema;
  const mistakes = [...findMissing(yaml, place), ...findContradictions(yaml, place)];
  if (project === undefined) mistakes.push(missingKey('project', place));
  if (schema === undefined) mistakes.push(missingKey('dataset', place));
  errors.push(...mistakes);
  if (mistakes.length > 0 || project === undefined || schema === undefined) return undefined;
  const credentials = toCredentials(yaml, { project, schema, projectDir: place.projectDir });
  return { credentials, database: project, fields: toFields(credentials), secrets: listSecrets(credentials) };
}

function findMissing(yaml: Yaml, place: ConnectionPlace): StrataError[] {
  const missing = (...keys: (keyof Yaml)[]) =>
    keys.filter((key) => yaml[key] == null).map((key) => missingKey(key, place));
  switch (yaml.method) {
    case 'oauth':
      return [];
    case 'service-account':
      return missing('keyfile');
    case 'service-account-json':
      return missing('keyfile_json');
    case 'oauth-secrets':
      if (yaml.refresh_token != null) return missing('client_id', 'client_secret', 'token_uri');
      return missing('token');
    default:
      return yaml.method satisfies never;
  }
}

/** Two answers to one question: which of them holds is not for us to guess. */
function findContradictions(yaml: Yaml, place: ConnectionPlace): StrataError[] {
  const errors: StrataError[] = [];
  for (const [key, method] of loginKeys) {
    if (yaml[key] == null || method === yaml.method) continue;
    const hint = `Remove "${key}", or write "method: ${method}".`;
    errors.push(invalidKey(key, `has method "${yaml.method}" and "${key}", which it does not use.`, place, hint));
  }
  const pairs = [
    ['project', 'database'],
    ['dataset', 'schema'],
    ['job_retries', 'retries'],
    ['job_execution_timeout_seconds', 'timeout_seconds'],
  ] as const;
  for (const [key, alias] of pairs) {
    if (yaml[key] == null || yaml[alias] == null || yaml[key] === yaml[alias]) continue;
    errors.push(
      invalidKey(alias, `says two things: "${key}" and "${alias}" are one key.`, place, `Remove "${alias}".`),
    );
  }
  if (typeof yaml.keyfile_json === 'string' && parseObject(yaml.keyfile_json) === null) {
    const hint = 'Put the whole text of the key file there, or its fields as a mapping.';
    errors.push(invalidKey('keyfile_json', 'has a "keyfile_json" that is not JSON.', place, hint));
  }
  if (yaml.api_endpoint != null && !/^https?:\/\/[^/]/.test(yaml.api_endpoint)) {
    const hint = 'Write it with its protocol, as in "https://bigquery.example.com".';
    errors.push(invalidKey('api_endpoint', 'has an "api_endpoint" that is no address.', place, hint));
  }
  return errors;
}

interface Given {
  readonly project: string;
  readonly schema: string;
  readonly projectDir: string;
}

function toCredentials(yaml: Yaml, { project, schema, projectDir }: Given): BigQueryTarget {
  return {
    type: 'bigquery',
    method: yaml.method,
    project,
    schema,
    threads: yaml.threads ?? defaultThreads,
    execution_project: yaml.execution_project ?? null,
    location: yaml.location ?? null,
    keyfile: yaml.keyfile == null ? null : resolve(projectDir, yaml.keyfile.replace(/^~(?=\/|$)/, homedir())),
    keyfile_json: typeof yaml.keyfile_json === 'string' ? parseObject(yaml.keyfile_json) : (yaml.keyfile_json ?? null),
    token: yaml.token ?? null,
    refresh_token: yaml.refresh_token ?? null,
    client_id: yaml.client_id ?? null,
    client_secret: yaml.client_secret ?? null,
    token_uri: yaml.token_uri ?? null,
    impersonate_service_account: yaml.impersonate_service_account ?? null,
    scopes: yaml.scopes ?? null,
    priority: yaml.priority ?? null,
    maximum_bytes_billed: yaml.maximum_bytes_billed ?? null,
    job_execution_timeout_seconds: yaml.job_execution_timeout_seconds ?? yaml.timeout_seconds ?? null,
    job_retries: yaml.job_retries ?? yaml.retries ?? 1,
    quota_project: yaml.quota_project ?? null,
    api_endpoint: yaml.api_endpoint?.replace(/\/+$/, '') ?? null,
  };
}

/** What templates see, under both of dbt's names; nothing of a key or a token. */
function toFields(credentials: BigQueryTarget): JsonObject {
  const { method, project, schema, scopes, location, keyfile, priority, quota_project, api_endpoint } = credentials;
  const { execution_project, impersonate_service_account, job_retries } = credentials;
  const { maximum_bytes_billed, job_execution_timeout_seconds } = credentials;
  return {
    method,
    project,
    database: project,
    schema,
    dataset: schema,
    execution_project,
    location,
    keyfile,
    impersonate_service_account,
    scopes: scopes === null ? null : [...scopes],
    priority,
    maximum_bytes_billed,
    job_execution_timeout_seconds,
    job_retries,
    quota_project,
    api_endpoint,
  };
}

function listSecrets({ keyfile_json: key, token, refresh_token, client_secret }: BigQueryTarget): readonly string[] {
  const fromKey = [key?.['private_key'], key?.['private_key_id'], key?.['client_secret'], key?.['refresh_token']];
  return [token, refresh_token, client_secret, ...fromKey].filter((one): one is string => typeof one === 'string');
}

function parseObject(json: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}
