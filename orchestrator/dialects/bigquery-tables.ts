import type { Column, Relation, RelationType } from '../manifest/relation.ts';
import { renderTableClauses, renderViewOptions } from './bigquery-options.ts';
import { quoteBigQuery, quoteBigQueryText, renderBigQueryRelation } from './bigquery-quoting.ts';
import { insertIntoPartitions, selectBigQueryColumns } from './bigquery-rows.ts';
import { readPartitioning } from './bigquery-settings.ts';
import { spellBigQueryType } from './bigquery-types.ts';
import type { ColumnText, ContractColumn, CreateOptions } from './dialect.ts';
import { joinClauses, typeKeyword } from './table-sql.ts';

/**
 * `create table … as`, one statement also with the columns of a contract. A table partitioned by ingestion time cannot
 * be made from a query: it is created with the contract's columns but the one that names the partition, and filled.
 */
export function createBigQueryTableAs(relation: Relation, sql: string, options: CreateOptions = {}): string {
  const { columns, node } = options;
  const partitioning = node === undefined ? null : readPartitioning(node);
  if (partitioning?.isIngestionTime === true && columns !== undefined) {
    const stored = columns.filter(({ name }) => name.toLowerCase() !== partitioning.field.toLowerCase());
    const insert = insertIntoPartitions(
      relation,
      stored.map(({ name }) => name),
      { sql, field: partitioning.field },
    );
    return `${createBigQueryTable(relation, stored, options)};\n${insert}`;
  }
  const list = columns === undefined ? '' : ` (\n${renderColumns(columns, options)}\n)`;
  const names = columns?.map(({ name }) => name);
  const query = names === undefined ? sql : selectBigQueryColumns(names, sql);
  const head = `${renderCreate(relation, 'table', options)}${list}`;
  return [head, ...renderTableClauses(node, options.temporary === true), `as\n${query}\n`].join('\n');
}

/** `create table` with a list of columns. */
export function createBigQueryTable(
  relation: Relation,
  columns: readonly (Column | ContractColumn)[],
  options: CreateOptions = {},
): string {
  const head = `${renderCreate(relation, 'table', options)} (\n${renderColumns(columns, options)}\n)`;
  return [head, ...renderTableClauses(options.node, options.temporary === true)].join('\n');
}

/** `create view … as`. */
export function createBigQueryView(relation: Relation, sql: string, options: CreateOptions = {}): string {
  return [renderCreate(relation, 'view', options), ...renderViewOptions(options.node), `as\n${sql}\n`].join('\n');
}

/** Drops a relation; nothing in BigQuery is bound to it. */
export function dropBigQueryRelation(relation: Relation, type: RelationType): string {
  return `drop ${typeKeyword(type, 'external table')} if exists ${renderBigQueryRelation(relation)}`;
}

/** Adds a nullable column at the end. */
export function addBigQueryColumn(relation: Relation, column: Column): string {
  return `${alterTable(relation)} add column ${renderColumn(column)}`;
}

/** Widens the type of a column. */
export function alterBigQueryColumnType(relation: Relation, { name, type }: Column): string {
  return `${alterTable(relation)} alter column ${quoteBigQuery(name)} set data type ${spellBigQueryType(type)}`;
}

/** Describes a relation, which BigQuery keeps as an option of it. */
export function describeBigQueryRelation(relation: Relation, type: RelationType, text: string): string {
  const name = renderBigQueryRelation(relation);
  return `alter ${typeKeyword(type, 'external table')} ${name} set options (description = ${quoteBigQueryText(text)})`;
}

/**
 * Describes columns by one statement: BigQuery takes five changes of a table in ten seconds, and publishing it was one
 * of them.
 */
export function describeBigQueryColumns(
  relation: Relation,
  texts: readonly ColumnText[],
  type: RelationType,
): readonly string[] {
  const head = `alter ${typeKeyword(type, 'external table')} ${renderBigQueryRelation(relation)}`;
  const clauses = texts.map(({ column, text }) => {
    const options = `options (description = ${quoteBigQueryText(text)})`;
    return `alter column ${quoteBigQuery(column)} set ${options}`;
  });
  return joinClauses(head, clauses);
}

/** The start of a statement that changes a table. */
export function alterTable(relation: Relation): string {
  return `alter table ${renderBigQueryRelation(relation)}`;
}

function renderColumns(columns: readonly (Column | ContractColumn)[], options: CreateOptions): string {
  const clauses = [...columns.map(renderColumn), ...(options.constraints ?? []).map(renderConstraint)];
  return clauses.map((clause) => `    ${clause}`).join(',\n');
}

function renderColumn(column: Column | ContractColumn): string {
  const constraints = 'constraints' in column ? column.constraints.map(renderConstraint) : [];
  return [quoteBigQuery(column.name), spellBigQueryType(column.type), ...constraints].join(' ');
}

/** BigQuery enforces `not null` alone: keys are hints to its planner, which must say so. */
function renderConstraint(clause: string): string {
  return /^(primary key|foreign key|references)\b/i.test(clause) ? `${clause} not enforced` : clause;
}

function renderCreate(relation: Relation, kind: 'table' | 'view', options: CreateOptions): string {
  const replace = options.orReplace === true ? 'or replace ' : '';
  const absent = options.ifNotExists === true ? 'if not exists ' : '';
  return `create ${replace}${kind} ${absent}${renderBigQueryRelation(relation)}`;
}
