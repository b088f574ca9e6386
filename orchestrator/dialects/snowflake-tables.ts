import type { Column, Relation, RelationType } from '../manifest/relation.ts';
import type { ColumnText, ContractColumn, CreateOptions, PublishSpec } from './dialect.ts';
import { quoteIdentifier } from './quoting.ts';
import { quoteSnowflakeText, renderSnowflakeRelation } from './snowflake-names.ts';
import { readSnowflakeSettings, type SnowflakeSettings } from './snowflake-settings.ts';
import { joinClauses, typeKeyword } from './table-sql.ts';

/** `create table … as`, one statement also with a contract: its list of columns stands before the query. */
export function createSnowflakeTableAs(relation: Relation, sql: string, options: CreateOptions = {}): string {
  const { columns } = options;
  const list = columns === undefined ? '' : ` ${renderColumns(columns, options)}`;
  return `${renderHead(relation, options)}${list}${renderTail(options)} as\n${renderQuery(sql, options)}\n`;
}

/** `create table` with a list of columns. */
export function createSnowflakeTable(
  relation: Relation,
  columns: readonly Column[],
  options: CreateOptions = {},
): string {
  return `${renderHead(relation, options)} ${renderColumns(columns, options)}${renderTail(options)}`;
}

/** `create view`, secure where the node says so. */
export function createSnowflakeView(relation: Relation, sql: string, options: CreateOptions = {}): string {
  const { isSecure, copiesGrants } = readSnowflakeSettings(options.node);
  const words = ['create', options.orReplace === true ? 'or replace' : '', isSecure ? 'secure' : '', 'view'];
  const grants = copiesGrants && options.orReplace === true ? ' copy grants' : '';
  const name = renderSnowflakeRelation(relation);
  return `${joinWords([...words, name])}${renderDescribed(options.described)}${grants} as\n${sql}\n`;
}

/** A copy that shares its rows with the original until either changes, with the rights on it. */
export function cloneSnowflakeTable(source: Relation, clone: Relation, options: CreateOptions): string {
  const kind = readSnowflakeSettings(options.node).isTransient ? 'transient table' : 'table';
  return [
    `create or replace ${kind} ${renderSnowflakeRelation(clone)}`,
    `clone ${renderSnowflakeRelation(source)} copy grants`,
  ].join('\n');
}

/**
 * Swapping gives each table the other's name in one step, and rights stay with the table they were given on. To keep
 * those of the old one, it is replaced by a clone of the new.
 */
export function publishSnowflakeTable({ built, target, replaces, node }: PublishSpec): string {
  const [from, to] = [renderSnowflakeRelation(built), renderSnowflakeRelation(target)];
  if (!replaces) return `alter table ${from} rename to ${to}`;
  if (readSnowflakeSettings(node).copiesGrants) return cloneSnowflakeTable(built, target, { node });
  return `alter table ${to} swap with ${from}`;
}

/** Drops a relation and nothing that depends on it. */
export function dropSnowflakeRelation(relation: Relation, type: RelationType): string {
  return `drop ${typeKeyword(type, 'external table')} if exists ${renderSnowflakeRelation(relation)}`;
}

/** Renames a relation. The new name says its schema: without one it would move to the session's own. */
export function renameSnowflakeRelation(relation: Relation, type: RelationType, identifier: string): string {
  const renamed = renderSnowflakeRelation({ ...relation, identifier });
  return `alter ${typeKeyword(type, 'external table')} ${renderSnowflakeRelation(relation)} rename to ${renamed}`;
}

/** Describes a relation in the catalog. */
export function commentSnowflakeRelation(relation: Relation, type: RelationType, text: string): string {
  return `comment on ${typeKeyword(type, 'external table')} ${renderSnowflakeRelation(relation)} is ${quoteSnowflakeText(text)}`;
}

/** Describes the columns of a table in the catalog; those of a view are described as it is created. */
export function commentSnowflakeColumns(relation: Relation, texts: readonly ColumnText[]): readonly string[] {
  const clauses = texts.map((one) => `column ${renderText(one)}`);
  return joinClauses(`alter table ${renderSnowflakeRelation(relation)} modify`, clauses);
}

function renderDescribed(texts: readonly ColumnText[] = []): string {
  return texts.length === 0 ? '' : ` (\n${texts.map((one) => `    ${renderText(one)}`).join(',\n')}\n)`;
}

function renderText({ column, text }: ColumnText): string {
  const name = quoteIdentifier(column);
  return text === '' ? name : `${name} comment ${quoteSnowflakeText(text)}`;
}

function renderHead(relation: Relation, options: CreateOptions): string {
  const isTransient = options.temporary !== true && readSnowflakeSettings(options.node).isTransient;
  return joinWords([
    'create',
    options.orReplace === true ? 'or replace' : '',
    options.temporary === true ? 'temporary' : '',
    isTransient ? 'transient' : '',
    'table',
    options.ifNotExists === true ? 'if not exists' : '',
    renderSnowflakeRelation(relation),
  ]);
}

function renderColumns(columns: readonly (Column | ContractColumn)[], options: CreateOptions): string {
  const clauses = columns.map((column) => {
    const constraints = 'constraints' in column ? column.constraints : [];
    return joinWords([quoteIdentifier(column.name), column.type, ...constraints]);
  });
  const lines = [...clauses, ...(options.constraints ?? [])].map((clause) => `    ${clause}`);
  return `(\n${lines.join(',\n')}\n)`;
}

/** Clusters and rights are of the published table: a temporary one has neither. */
function renderTail(options: CreateOptions): string {
  const { clusterBy, copiesGrants } = settingsOf(options);
  const clusters = clusterBy.length === 0 ? '' : ` cluster by (${clusterBy.join(', ')})`;
  return `${clusters}${copiesGrants && options.orReplace === true ? ' copy grants' : ''}`;
}

/** Rows that arrive in the order of the clusters need no reclustering. */
function renderQuery(sql: string, options: CreateOptions): string {
  const { clusterBy } = settingsOf(options);
  const names = options.columns?.map(({ name }) => quoteIdentifier(name)).join(', ');
  if (clusterBy.length === 0 && names === undefined) return sql;
  const order = clusterBy.length === 0 ? '' : `\norder by ${clusterBy.join(', ')}`;
  return `select ${names ?? '*'}\nfrom (\n${sql}\n) as model_subq${order}`;
}

function settingsOf(options: CreateOptions): SnowflakeSettings {
  return readSnowflakeSettings(options.temporary === true ? undefined : options.node);
}

function joinWords(words: readonly string[]): string {
  return words.filter((word) => word !== '').join(' ');
}
