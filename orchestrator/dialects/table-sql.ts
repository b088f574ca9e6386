import type { Column, Relation, RelationType } from '../manifest/relation.ts';
import type { ColumnText, ContractColumn, CreateOptions } from './dialect.ts';
import { renderInsertSelect } from './merge-sql.ts';
import { quoteIdentifier, quoteText, renderQuotedRelation } from './quoting.ts';

/** `create table … as`, or with contract columns a `create table` and an `insert` by name. */
export function renderCreateTableAs(relation: Relation, sql: string, options: CreateOptions): string {
  const { columns } = options;
  if (columns === undefined) return `${renderCreate(relation, 'table', options)} as\n${sql}\n`;
  const names = columns.map((column) => column.name);
  return `${renderCreateTable(relation, columns, options)};\n${renderInsertSelect(relation, names, sql)}`;
}

/** `create table` with a list of columns. */
export function renderCreateTable(
  relation: Relation,
  columns: readonly (Column | ContractColumn)[],
  options: CreateOptions,
): string {
  const clauses = [...columns.map(renderColumn), ...(options.constraints ?? [])];
  const lines = clauses.map((clause) => `    ${clause}`).join(',\n');
  return `${renderCreate(relation, 'table', options)} (\n${lines}\n)`;
}

/** `create view … as`. */
export function renderCreateView(relation: Relation, sql: string, options: CreateOptions): string {
  return `${renderCreate(relation, 'view', options)} as\n${sql}\n`;
}

/** The words a relation type has in DDL; for tables whose rows lie elsewhere each warehouse has its own. */
export function typeKeyword(type: RelationType, external: 'foreign table' | 'external table'): string {
  switch (type) {
    case 'table':
    case 'cte':
      return 'table';
    case 'view':
      return 'view';
    case 'materialized_view':
      return 'materialized view';
    case 'external':
      return external;
    default:
      return type satisfies never;
  }
}

/** Drops a relation and nothing that depends on it. */
export function renderDrop(relation: Relation, type: RelationType): string {
  return `drop ${typeKeyword(type, 'foreign table')} if exists ${renderQuotedRelation(relation)}`;
}

/** Renames a relation within its schema. */
export function renderRename(relation: Relation, type: RelationType, identifier: string): string {
  return `alter ${typeKeyword(type, 'foreign table')} ${renderQuotedRelation(relation)} rename to ${quoteIdentifier(identifier)}`;
}

/** Adds a nullable column at the end. */
export function renderAddColumn(relation: Relation, column: Column): string {
  return `alter table ${renderQuotedRelation(relation)} add column ${renderColumn(column)}`;
}

/** Drops a column and nothing that depends on it. */
export function renderDropColumn(relation: Relation, name: string): string {
  return `alter table ${renderQuotedRelation(relation)} drop column ${quoteIdentifier(name)}`;
}

/** Describes a relation in the warehouse's own catalog. */
export function renderComment(relation: Relation, type: RelationType, text: string): string {
  return `comment on ${typeKeyword(type, 'foreign table')} ${renderQuotedRelation(relation)} is ${quoteText(text)}`;
}

/** Describes columns in the warehouse's own catalog, one by one. */
export function renderColumnComments(relation: Relation, texts: readonly ColumnText[]): readonly string[] {
  const name = renderQuotedRelation(relation);
  return texts.map(({ column, text }) => `comment on column ${name}.${quoteIdentifier(column)} is ${quoteText(text)}`);
}

/** What a statement of many clauses may have in characters: half of what BigQuery and Snowflake take. */
const LONGEST = 500_000;

/** One statement with all clauses, or several where they are too long for one; none without clauses. */
export function joinClauses(head: string, clauses: readonly string[], longest = LONGEST): readonly string[] {
  const groups: string[][] = [];
  let left = 0;
  for (const clause of clauses) {
    left -= clause.length + 2;
    if (left < 0) {
      groups.push([]);
      left = longest - clause.length;
    }
    groups.at(-1)?.push(clause);
  }
  return groups.map((group) => `${head} ${group.join(', ')}`);
}

function renderColumn(column: Column | ContractColumn): string {
  const constraints = 'constraints' in column ? column.constraints : [];
  return [quoteIdentifier(column.name), column.type, ...constraints].join(' ');
}

function renderCreate(relation: Relation, kind: 'table' | 'view', options: CreateOptions): string {
  const words = [
    'create',
    options.orReplace === true ? 'or replace' : '',
    options.temporary === true ? 'temporary' : '',
    options.unlogged === true ? 'unlogged' : '',
    kind,
    options.ifNotExists === true ? 'if not exists' : '',
    renderQuotedRelation(relation),
  ];
  return words.filter((word) => word !== '').join(' ');
}
