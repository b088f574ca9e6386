import { StrataError } from '../errors.ts';
import type { Relation } from '../manifest/relation.ts';
import { enforcesConstraints } from './constraint-support.ts';
import type { CreateOptions, Dialect, IndexSpec, LogicalType } from './dialect.ts';
import { renderDeleteMatching, renderDeleteMissing, renderInsertSelect, renderMerge } from './merge-sql.ts';
import { neverNeeded } from './never-needed.ts';
import { listPostgresColumns, listPostgresRelations, TEMPORARY_SCHEMA } from './postgres-catalog.ts';
import { listPostgresDependents } from './postgres-dependents.ts';
import { listPostgresConstraintChanges, listPostgresIndexes } from './postgres-shape.ts';
import { quoteIdentifier, quoteList, renderQuotedRelation, renderValue, unquoteIdentifier } from './quoting.ts';
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
  float: 'double precision',
  numeric: 'numeric(28,6)',
  string: 'text',
  date: 'date',
  timestamp: 'timestamp',
  json: 'jsonb',
};

const typeSystem: TypeSystem = {
  aliases: new Map([
    ['bool', 'boolean'],
    ['int2', 'smallint'],
    ['int', 'integer'],
    ['int4', 'integer'],
    ['serial', 'integer'],
    ['int8', 'bigint'],
    ['bigserial', 'bigint'],
    ['real', 'float'],
    ['float4', 'float'],
    ['float', 'double'],
    ['float8', 'double'],
    ['double precision', 'double'],
    ['numeric', 'decimal'],
    ['varchar', 'text'],
    ['character varying', 'text'],
    ['bpchar', 'character'],
    ['char', 'character'],
    ['timestamp without time zone', 'timestamp'],
    ['timestamptz', 'timestamp with time zone'],
    ['time without time zone', 'time'],
  ]),
  integerDigits: new Map([
    ['smallint', 5],
    ['integer', 10],
    ['bigint', 19],
  ]),
  hasUnboundedDecimal: true,
};

/**
 * Postgres. A replaced table locks its readers out until commit and views hold on to their tables, so tables are built
 * aside. MERGE needs Postgres 15; on older servers delete+insert does the same.
 */
export const postgresDialect: Dialect = {
  name: 'postgres',
  maxIdentifierLength: 63,
  supportsTransactionalDdl: true,
  supportsReplaceInTransaction: false,
  supportsAtomicReplace: false,
  supportsTransactionalDml: true,
  supportsSessionState: true,
  incrementalStrategies: ['delete+insert', 'append', 'merge'],
  supportsBoundViews: true,
  supportsMerge: true,
  supportsIndexes: true,
  supportsViewColumnComments: true,
  supportsExternalFiles: false,
  needsMaterializedCtes: true,
  constraintSupport: enforcesConstraints,

  quotesNames: true,
  columnName: (written) => written,
  quote: quoteIdentifier,
  quoteExactly: quoteIdentifier,
  unquote: unquoteIdentifier,
  renderRelation: renderQuotedRelation,
  temporaryRelation: (identifier) => ({ database: null, schema: TEMPORARY_SCHEMA, identifier }),
  renderLiteral: (value) => renderValue(value, 'double precision'),
  typeName: (type) => typeNames[type],
  isSameType: (a, b) => isSameSpelling(a, b, typeSystem),
  canWiden: (from, to) => isWider(from, to, typeSystem),

  checkSettings: () => undefined,
  createSchema: ({ schema }) => `create schema if not exists ${quoteIdentifier(schema)}`,
  dropSchema: ({ schema }) => `drop schema if exists ${quoteIdentifier(schema)} cascade`,
  createTableAs: (relation, sql, options = {}) =>
    dropFirst(relation, options) + renderCreateTableAs(relation, sql, { ...options, orReplace: false }),
  createTable: (relation, columns, options = {}) =>
    dropFirst(relation, options) + renderCreateTable(relation, columns, { ...options, orReplace: false }),
  createView: (relation, sql, options = {}) => renderCreateView(relation, sql, options),
  drop: renderDrop,
  rename: renderRename,
  addColumn: renderAddColumn,
  dropColumn: renderDropColumn,
  alterColumnType: (relation, column) => {
    const name = quoteIdentifier(column.name);
    return `alter table ${renderQuotedRelation(relation)} alter column ${name} type ${column.type} using ${name}::${column.type}`;
  },
  createIndex: renderIndex,
  dropIndex: (relation, name) => `drop index ${renderQuotedRelation({ ...relation, identifier: name })}`,
  analyze: (relation) => `analyze ${renderQuotedRelation({ ...relation, database: null })}`,

  cloneTable: () => neverNeeded('cloneTable'),
  publishTable: () => neverNeeded('publishTable'),
  isLayoutRefusal: () => false,
  insertSelect: renderInsertSelect,
  lockTable: (relation) => `lock table ${renderQuotedRelation(relation)} in share row exclusive mode`,
  deleteAll: (relation) => seeingAllRows(`delete from ${renderQuotedRelation(relation)}`),
  deleteMissing: (spec) => seeingAllRows(renderDeleteMissing(spec)),
  deleteMatching: renderDeleteMatching,
  insertOverwrite: () => neverNeeded('insertOverwrite'),
  merge: renderMerge,
  readFile: (location) => {
    throw new StrataError('internal', `Postgres cannot read the file ${location} in place.`);
  },
  comment: renderComment,
  commentColumns: renderColumnComments,

  describeQuery: (sql) => `select * from (\n${sql}\n) as described limit 0`,
  listRelations: listPostgresRelations,
  listColumns: listPostgresColumns,
  listDependents: listPostgresDependents,
  listIndexes: listPostgresIndexes,
  listConstraintChanges: listPostgresConstraintChanges,
};

/** Postgres has no `create or replace table`; the drop fails rather than cascade. */
function dropFirst(relation: Relation, options: CreateOptions): string {
  return options.orReplace === true ? `${renderDrop(relation, 'table')};\n` : '';
}

/** A policy must fail a deletion rather than hide rows from it: hidden ones would stay beside the new. */
function seeingAllRows(sql: string): string {
  return `set local row_security = off;\n${sql};\nset local row_security = default`;
}

/** Without a name Postgres chooses one that is free: names of indexes outlive the swap of their tables. */
function renderIndex(relation: Relation, index: IndexSpec): string {
  const unique = index.unique ? 'unique ' : '';
  const name = index.name === undefined ? '' : `${quoteIdentifier(index.name)} `;
  const method = index.method === null ? '' : ` using ${index.method}`;
  return `create ${unique}index ${name}on ${renderQuotedRelation(relation)}${method} (${quoteList(index.columns)})`;
}
