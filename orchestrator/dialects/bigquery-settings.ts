import { StrataError } from '../errors.ts';
import { isMapping } from '../manifest/json.ts';
import type { Node } from '../manifest/node.ts';
import { quoteBigQuery, unquoteBigQuery } from './bigquery-quoting.ts';

/** What a table is partitioned by, as dbt's `partition_by` says it. */
export interface Partitioning {
  readonly field: string;
  readonly dataType: 'date' | 'timestamp' | 'datetime' | 'int64';
  readonly granularity: 'hour' | 'day' | 'month' | 'year';
  readonly range: { readonly start: number; readonly end: number; readonly interval: number } | null;
  /** Rows stand in the partition `_PARTITIONTIME`, which the field gives and which is no column of the table. */
  readonly isIngestionTime: boolean;
}

const dataTypes = ['date', 'timestamp', 'datetime', 'int64'] as const;
const granularities = ['hour', 'day', 'month', 'year'] as const;
const partitionKeys = ['field', 'data_type', 'granularity', 'range', 'time_ingestion_partitioning', 'copy_partitions'];

/** `partition_by` of a node, checked; null where it has none. */
export function readPartitioning(node: Node): Partitioning | null {
  const value = node.config['partition_by'];
  if (value === undefined || value === null) return null;
  if (!isMapping(value)) throw refuse(node, 'partition_by', 'must be a mapping with a field');
  const unknown = Object.keys(value).find((key) => !partitionKeys.includes(key));
  if (unknown !== undefined) {
    throw refuse(node, 'partition_by', `has the unknown key ${unknown}; known are ${partitionKeys.join(', ')}`);
  }
  const field = value['field'];
  if (typeof field !== 'string' || field === '') throw refuse(node, 'partition_by', 'needs a field');
  const dataType = pick(node, 'partition_by.data_type', value['data_type'] ?? 'date', dataTypes);
  const granularity = pick(node, 'partition_by.granularity', value['granularity'] ?? 'day', granularities);
  if (dataType === 'date' && granularity === 'hour') {
    throw refuse(node, 'partition_by.granularity', 'cannot be hour for a date');
  }
  const isIngestionTime = value['time_ingestion_partitioning'] === true;
  if (isIngestionTime && dataType === 'int64') throw refuse(node, 'partition_by', 'by ingestion time has no range');
  const name = unquoteBigQuery(field) ?? field;
  return { field: name, dataType, granularity, range: readRange(node, dataType, value['range']), isIngestionTime };
}

/** `cluster_by` of a node as a list; empty where it has none. */
export function readClustering(node: Node): readonly string[] {
  const value = node.config['cluster_by'];
  if (value === undefined || value === null) return [];
  const columns = Array.isArray(value) ? value : [value];
  if (!columns.every((column): column is string => typeof column === 'string')) {
    throw refuse(node, 'cluster_by', 'must be a column or a list of columns');
  }
  if (columns.length > 4) throw refuse(node, 'cluster_by', 'takes four columns at most');
  return columns.map((column) => unquoteBigQuery(column) ?? column);
}

/** `labels` of a node: keys and values of up to 63 lower-case letters, digits, hyphens and underscores. */
export function readLabels(node: Node): readonly (readonly [string, string])[] {
  const value = node.config['labels'];
  if (value === undefined || value === null) return [];
  if (!isMapping(value)) throw refuse(node, 'labels', 'must be a mapping of texts');
  const labels = Object.entries(value).map(([key, text]) => [key, String(text)] as const);
  const bad = labels.find(([key, text]) => !/^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u.test(key) || !isLabel(text));
  if (bad === undefined) return labels;
  const rule = 'takes up to 63 lower-case letters, digits, hyphens and underscores, and a key starts with a letter';
  throw refuse(node, 'labels', `${rule}; ${bad.join(': ')} does not keep to that`);
}

/** A setting that is a number above zero; null where it is not set. */
export function readPositive(node: Node, key: string): number | null {
  const value = node.config[key];
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' && value > 0) return value;
  throw refuse(node, key, 'must be a number above 0');
}

/** Every setting that only BigQuery knows, checked together with what it asks of the others. */
export function checkBigQuerySettings(node: Node): void {
  const partitioning = readPartitioning(node);
  readClustering(node);
  readLabels(node);
  const key = node.config['kms_key_name'];
  if (key !== undefined && key !== null && typeof key !== 'string')
    throw refuse(node, 'kms_key_name', 'must be a text');
  const hours = readPositive(node, 'hours_to_expiration');
  if (hours !== null && !Number.isInteger(hours)) throw refuse(node, 'hours_to_expiration', 'must be a whole number');
  readPositive(node, 'partition_expiration_days');
  checkPartitionNeeds(node, partitioning);
}

/** What means nothing, or cannot be done, without a partition. */
function checkPartitionNeeds(node: Node, partitioning: Partitioning | null): void {
  const filter = node.config['require_partition_filter'];
  if (filter !== undefined && filter !== null && typeof filter !== 'boolean') {
    throw refuse(node, 'require_partition_filter', 'must be true or false');
  }
  const strategy = node.config['incremental_strategy'];
  const needing = [
    ['require_partition_filter', filter === true],
    ['partition_expiration_days', typeof node.config['partition_expiration_days'] === 'number'],
    ['incremental_strategy', strategy === 'insert_overwrite'],
  ] as const;
  const lacking = needing.find(([, isSet]) => isSet);
  if (partitioning === null && lacking !== undefined) throw refuse(node, lacking[0], 'needs partition_by', true);
  readStaticPartitions(node);
  if (partitioning?.isIngestionTime !== true) return;
  if (!node.contract.enforced) throw refuse(node, 'partition_by', 'by ingestion time needs an enforced contract');
  if (node.config.materialized === 'incremental' && strategy !== 'insert_overwrite') {
    throw refuse(
      node,
      'incremental_strategy',
      'must be insert_overwrite for a table partitioned by ingestion time',
      true,
    );
  }
}

/** `partitions` of a node: SQL expressions of the partitions that insert_overwrite replaces; null for those of the rows. */
export function readStaticPartitions(node: Node): readonly string[] | null {
  const value = node.config['partitions'];
  if (value === undefined || value === null) return null;
  const isList = Array.isArray(value) && value.length > 0;
  if (isList && value.every((item) => ['string', 'number'].includes(typeof item))) return value.map(String);
  throw refuse(node, 'partitions', 'must be a list of SQL expressions');
}

/** The partition that holds a row, as an expression over its field. */
export function renderPartition({ field, dataType, granularity, isIngestionTime }: Partitioning, row = ''): string {
  const column = row === '' ? quoteBigQuery(field) : `${row}.${quoteBigQuery(field)}`;
  if (isIngestionTime) return renderIngestionPartition(granularity, row);
  if (dataType === 'int64' || (dataType === 'date' && granularity === 'day')) return column;
  return `${dataType}_trunc(${column}, ${granularity})`;
}

/** A table's partitioning by ranges of whole numbers; null where it is by time. */
export function renderRangeBucket({ field, range }: Partitioning): string | null {
  if (range === null) return null;
  return `range_bucket(${quoteBigQuery(field)}, generate_array(${range.start}, ${range.end}, ${range.interval}))`;
}

function renderIngestionPartition(granularity: Partitioning['granularity'], row: string): string {
  const prefix = row === '' ? '' : `${row}.`;
  if (granularity === 'day') return `${prefix}_partitiondate`;
  return `timestamp_trunc(${prefix}_partitiontime, ${granularity})`;
}

function readRange(node: Node, dataType: Partitioning['dataType'], value: unknown): Partitioning['range'] {
  if (dataType !== 'int64') {
    if (value === undefined || value === null) return null;
    throw refuse(node, 'partition_by.range', 'is for the data_type int64');
  }
  const range = isMapping(value) ? value : {};
  const [start, end, interval] = [range['start'], range['end'], range['interval']];
  if (!Number.isInteger(start) || !Number.isInteger(end) || !Number.isInteger(interval)) {
    throw refuse(node, 'partition_by.range', 'needs whole numbers start, end and interval');
  }
  return { start: Number(start), end: Number(end), interval: Number(interval) };
}

function isLabel(text: string): boolean {
  return /^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u.test(text);
}

function pick<Choice extends string>(node: Node, key: string, value: unknown, choices: readonly Choice[]): Choice {
  const found = choices.find((choice) => choice === String(value).toLowerCase());
  if (found === undefined) throw refuse(node, key, `must be one of ${choices.join(', ')}`);
  return found;
}

function refuse(node: Node, key: string, rule: string, isMissing = false): StrataError {
  const hint = isMissing
    ? 'Set partition_by: {field: <column>, data_type: date | timestamp | datetime | int64}, or leave the setting out.'
    : undefined;
  const place = { file: node.original_file_path };
  return new StrataError('config-invalid', `${node.name}: config ${key} ${rule}.`, place, { hint });
}
