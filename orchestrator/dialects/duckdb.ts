import type { Relation } from '../manifest/relation.ts';
import { enforcesConstraints } from './constraint-support.ts';
import type { Dialect, FileOptions, LogicalType } from './dialect.ts';
import { listDuckDbColumns, listDuckDbRelations } from './duckdb-catalog.ts';
import { renderDeleteMatching, renderDeleteMissing, renderInsertSelect, renderMerge } from './merge-sql.ts';
import { neverNeeded } from './never-needed.ts';
import {
  quoteIdentifier,
  quoteList,
  quoteText,
  renderQuotedRelation,
  renderValue,
  unquoteIdentifier,
} from './quoting.ts';
import {
  renderAddColumn,
  renderColumnComments,
  renderComment,
  renderCreateTable,
  renderCreateTableAs,
  renderCreateView,
  renderDrop,
  renderDropColumn,
  renderRename,
} from './table-sql.ts';
import { isSameSpelling, isWider, type TypeSystem } from './type-spelling.ts';

const typeNames: Readonly<Record<LogicalType, string>> = {
  boolean: 'boolean',
  integer: 'integer',
  bigint: 'bigint',
  float: 'double',
  numeric: 'decimal(28,6)',
  string: 'varchar',
  date: 'date',
  timestamp: 'timestamp',
  json: 'json',
};

const typeSystem: TypeSystem = {
  aliases: new Map([
    ['bool', 'boolean'],
    ['logical', 'boolean'],
    ['int1', 'tinyint'],
    ['int2', 'smallint'],
    ['short', 'smallint'],
    ['int', 'integer'],
    ['int4', 'integer'],
    ['int32', 'integer'],
    ['signed', 'integer'],
    ['int8', 'bigint'],
    ['int64', 'bigint'],
    ['long', 'bigint'],
    ['real', 'float'],
    ['float4', 'float'],
    ['float8', 'double'],
    ['double precision', 'double'],
    ['numeric', 'decimal'],
    ['varchar', 'text'],
    ['string', 'text'],
    ['char', 'text'],
    ['bpchar', 'text'],
    ['character varying', 'text'],
    ['datetime', 'timestamp'],
    ['timestamp without time zone', 'timestamp'],
    ['timestamptz', 'timestamp with time zone'],
    ['bytea', 'blob'],
    ['binary', 'blob'],
    ['varbinary', 'blob'],
  ]),
  integerDigits: new Map([
    ['tinyint', 3],
    ['smallint', 5],
    ['integer', 10],
    ['bigint', 19],
    ['hugeint', 39],
  ]),
  hasUnboundedDecimal: false,
};

/** DuckDB 1.5: DDL in transactions, `create or replace`, MERGE, files read in place, views not bound to their tables. */
export const duckDbDialect: Dialect = {
  name: 'duckdb',
  maxIdentifierLength: 255,
  supportsTransactionalDdl: true,
  supportsReplaceInTransaction: true,
  supportsAtomicReplace: true,
  supportsTransactionalDml: true,
  supportsSessionState: true,
  incrementalStrategies: ['delete+insert', 'append', 'merge'],
  supportsBoundViews: false,
  supportsMerge: true,
  supportsIndexes: true,
  supportsViewColumnComments: true,
  supportsExternalFiles: true,
  needsMaterializedCtes: false,
  constraintSupport: enforcesConstraints,

  quotesNames: true,
  columnName: (written) => written,
  quote: quoteIdentifier,
  quoteExactly: quoteIdentifier,
  unquote: unquoteIdentifier,
  renderRelation: renderQuotedRelation,
  temporaryRelation: (identifier) => ({ database: 'temp', schema: 'main', identifier }),
  renderLiteral: (value) => renderValue(value, 'double'),
  typeName: (type) => typeNames[type],
  isSameType: (a, b) => isSameSpelling(a, b, typeSystem),
  canWiden: (from, to) => isWider(from, to, typeSystem),

  checkSettings: () => undefined,
  createSchema: ({ database, schema }) => `create schema if not exists ${renderSchema(database, schema)}`,
  dropSchema: ({ database, schema }) => `drop schema if exists ${renderSchema(database, schema)} cascade`,
  createTableAs: (relation, sql, options = {}) => renderCreateTableAs(relation, sql, withoutUnlogged(options)),
  createTable: (relation, columns, options = {}) => renderCreateTable(relation, columns, withoutUnlogged(options)),
  createView: (relation, sql, options = {}) => renderCreateView(relation, sql, withoutUnlogged(options)),
  drop: renderDrop,
  rename: renderRename,
  addColumn: renderAddColumn,
  dropColumn: renderDropColumn,
  alterColumnType: (relation, column) =>
    `alter table ${renderQuotedRelation(relation)} alter column ${quoteIdentifier(column.name)} set data type ${column.type}`,
  createIndex: (relation, index) =>
    `create ${index.unique ? 'unique ' : ''}index ${quoteIdentifier(indexName(relation, index.columns))} on ` +
    `${renderQuotedRelation(relation)} (${quoteList(index.columns)})`,

  dropIndex: (relation, name) => `drop index ${renderQuotedRelation({ ...relation, identifier: name })}`,
  analyze: () => null,

  cloneTable: () => neverNeeded('cloneTable'),
  publishTable: () => neverNeeded('publishTable'),
  isLayoutRefusal: () => false,
  insertSelect: renderInsertSelect,
  lockTable: () => null,
  deleteAll: (relation) => `delete from ${renderQuotedRelation(relation)}`,
  deleteMissing: renderDeleteMissing,
  deleteMatching: renderDeleteMatching,
  insertOverwrite: () => neverNeeded('insertOverwrite'),
  merge: renderMerge,
  readFile: renderFile,
  comment: renderComment,
  commentColumns: renderColumnComments,

  describeQuery: (sql) => `describe\n${sql}\n`,
  listRelations: listDuckDbRelations,
  listColumns: listDuckDbColumns,
  listDependents: () => null,
  listIndexes: () => null,
  listConstraintChanges: () => null,
};

function renderSchema(database: string | null, schema: string): string {
  return database === null ? quoteIdentifier(schema) : `${quoteIdentifier(database)}.${quoteIdentifier(schema)}`;
}

/** DuckDB has no unlogged tables; the wish changes nothing about the rows. */
function withoutUnlogged<T extends { readonly unlogged?: boolean }>(options: T): T {
  return { ...options, unlogged: false };
}

function indexName(relation: Relation, columns: readonly string[]): string {
  return [relation.identifier, ...columns, 'idx'].join('_');
}

/** A location with a call in it is a table expression already, as dbt-duckdb has it. */
function renderFile(location: string, { dates }: FileOptions = {}): string {
  if (/^\s*\w+\s*\(/.test(location)) return location;
  const path = location.toLowerCase().replace(/\.(gz|zst)$/, '');
  const text = quoteText(location);
  if (/\.(parquet|pq)$/.test(path)) return `read_parquet(${text})`;
  if (/\.(json|jsonl|ndjson)$/.test(path)) return `read_json_auto(${text})`;
  const types = dates === 'text' ? ", auto_type_candidates = ['BOOLEAN', 'BIGINT', 'DOUBLE', 'VARCHAR']" : '';
  return `read_csv_auto(${text}${types})`;
}
