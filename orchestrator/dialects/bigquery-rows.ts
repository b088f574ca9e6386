import { StrataError } from '../errors.ts';
import type { Relation } from '../manifest/relation.ts';
import { quoteBigQuery, quoteBigQueryList, renderBigQueryRelation } from './bigquery-quoting.ts';
import { type Partitioning, readPartitioning, readStaticPartitions, renderPartition } from './bigquery-settings.ts';
import type { MergeSpec, OverwriteSpec } from './dialect.ts';

const DEST = 'DBT_INTERNAL_DEST';
const SOURCE = 'DBT_INTERNAL_SOURCE';

type MatchSpec = Pick<MergeSpec, 'target' | 'source' | 'uniqueKey' | 'predicates'>;

/** The columns of a query by name. */
export function selectBigQueryColumns(columns: readonly string[], sql: string): string {
  return `select ${quoteBigQueryList(columns)}\nfrom (\n${sql}\n)`;
}

/** Inserts the rows of a query by column name. */
export function insertBigQueryRows(target: Relation, columns: readonly string[], sql: string): string {
  const into = `insert into ${renderBigQueryRelation(target)} (${quoteBigQueryList(columns)})`;
  return `${into}\n${selectBigQueryColumns(columns, sql)}`;
}

/** Inserts rows into the ingestion-time partitions that a field of theirs names. */
export function insertIntoPartitions(
  target: Relation,
  columns: readonly string[],
  { sql, field }: { readonly sql: string; readonly field: string },
): string {
  const into = `insert into ${renderBigQueryRelation(target)} (_partitiontime, ${quoteBigQueryList(columns)})`;
  return `${into}\nselect timestamp(${quoteBigQuery(field)}), ${quoteBigQueryList(columns)}\nfrom (\n${sql}\n)`;
}

/** Rows whose key matches are updated, the others inserted, in one atomic statement. */
export function mergeBigQueryRows(spec: MergeSpec): string {
  const updates = spec.updateColumns.map((column) => `${quoteBigQuery(column)} = ${SOURCE}.${quoteBigQuery(column)}`);
  return [
    `merge into ${renderBigQueryRelation(spec.target)} as ${DEST}`,
    `using ${renderBigQueryRelation(spec.source)} as ${SOURCE}`,
    `on ${renderMatch(spec)}`,
    ...(updates.length === 0 ? [] : [`when matched then update set ${updates.join(', ')}`]),
    ...renderInsertClause(spec.columns),
  ].join('\n');
}

/** Deletes target rows whose key stands in source. */
export function deleteMatchingRows(spec: MatchSpec): string {
  return [...renderDelete(spec, 'exists'), ...spec.predicates.map((predicate) => `and (${predicate})`)].join('\n');
}

/** Deletes target rows whose key does not stand in source. */
export function deleteMissingRows(spec: Omit<MatchSpec, 'predicates'>): string {
  return renderDelete({ ...spec, predicates: [] }, 'not exists').join('\n');
}

/**
 * Replaces whole partitions by one MERGE that matches nothing: what stands in them is deleted, the new rows inserted.
 * The partitions are those that `partitions` names, or those of the new rows, read once so that BigQuery prunes by them.
 */
export function overwriteBigQueryPartitions(spec: OverwriteSpec): string {
  const partitioning = readPartitioning(spec.node);
  if (partitioning === null) {
    throw new StrataError('internal', `${spec.node.name}: insert_overwrite came without partition_by.`);
  }
  const named = readStaticPartitions(spec.node);
  if (named !== null) return renderOverwrite(spec, partitioning, `in (${named.join(', ')})`);
  const merge = renderOverwrite(spec, partitioning, 'in unnest(strata_partitions)');
  const partition = newRowPartition(partitioning);
  return [
    `declare strata_partitions array<${partitionType(partitioning)}>;`,
    'set strata_partitions = array(',
    `    select distinct ${partition}`,
    `    from ${renderBigQueryRelation(spec.source)}`,
    `    where ${partition} is not null`,
    ');',
    merge,
  ].join('\n');
}

function renderOverwrite(spec: OverwriteSpec, partitioning: Partitioning, test: string): string {
  const stale = [`${renderPartition(partitioning, DEST)} ${test}`, ...spec.predicates.map((text) => `(${text})`)];
  return [
    `merge into ${renderBigQueryRelation(spec.target)} as ${DEST}`,
    `using ${renderBigQueryRelation(spec.source)} as ${SOURCE}`,
    'on false',
    `when not matched by source and ${stale.join(' and ')} then delete`,
    ...renderInsertClause(spec.columns, partitioning.isIngestionTime ? partitioning.field : null),
  ].join('\n');
}

function renderInsertClause(columns: readonly string[], field: string | null = null): readonly string[] {
  const values = columns.map((column) => `${SOURCE}.${quoteBigQuery(column)}`);
  const names = quoteBigQueryList(columns);
  if (field === null) return [`when not matched then insert (${names})`, `values (${values.join(', ')})`];
  const moment = `timestamp(${SOURCE}.${quoteBigQuery(field)})`;
  return [`when not matched then insert (_partitiontime, ${names})`, `values (${[moment, ...values].join(', ')})`];
}

/** The type of what tells partitions apart: days of dates, moments otherwise, or the numbers themselves. */
function partitionType({ dataType, granularity, isIngestionTime }: Partitioning): string {
  if (!isIngestionTime) return dataType;
  return granularity === 'day' ? 'date' : 'timestamp';
}

/** The partition a new row belongs to, as the target's own expression has it. */
function newRowPartition(partitioning: Partitioning): string {
  const { field, granularity, isIngestionTime } = partitioning;
  if (!isIngestionTime) return renderPartition(partitioning);
  if (granularity === 'day') return `date(${quoteBigQuery(field)})`;
  return `timestamp_trunc(timestamp(${quoteBigQuery(field)}), ${granularity})`;
}

function renderDelete(spec: MatchSpec, test: 'exists' | 'not exists'): readonly string[] {
  return [
    `delete from ${renderBigQueryRelation(spec.target)} as ${DEST}`,
    `where ${test} (`,
    `    select 1 from ${renderBigQueryRelation(spec.source)} as ${SOURCE}`,
    `    where ${renderMatch({ ...spec, predicates: [] })}`,
    ')',
  ];
}

function renderMatch(spec: MatchSpec): string {
  const keys = spec.uniqueKey.map((key) => `${SOURCE}.${quoteBigQuery(key)} = ${DEST}.${quoteBigQuery(key)}`);
  return [...keys, ...spec.predicates].map((condition) => `(${condition})`).join(' and ');
}
