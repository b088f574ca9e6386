import { StrataError } from '../errors.ts';
import type { Dialect, MergeSpec } from './dialect.ts';
import { renderDeleteMatching, renderDeleteMissing, renderInsertSelect, renderMerge } from './merge-sql.ts';
import { neverNeeded } from './never-needed.ts';
import { quoteIdentifier, quoteList, unquoteIdentifier } from './quoting.ts';
import { listSnowflakeColumns, listSnowflakeRelations } from './snowflake-catalog.ts';
import {
  foldColumn,
  foldRelation,
  renderSnowflakeRelation,
  renderSnowflakeSchema,
  renderSnowflakeValue,
} from './snowflake-names.ts';
import { checkSnowflakeSettings } from './snowflake-settings.ts';
import {
  cloneSnowflakeTable,
  commentSnowflakeColumns,
  commentSnowflakeRelation,
  createSnowflakeTable,
  createSnowflakeTableAs,
  createSnowflakeView,
  dropSnowflakeRelation,
  publishSnowflakeTable,
  renameSnowflakeRelation,
} from './snowflake-tables.ts';
import { canWidenSnowflake, isSameSnowflakeType, snowflakeTypeNames } from './snowflake-types.ts';
import { renderAddColumn, renderDropColumn } from './table-sql.ts';

/**
 * Snowflake. Each DDL statement commits by itself, so tables are built aside and swapped in; DML has transactions. Names
 * without quotes are kept in upper case, and ours are folded the same way before they are quoted.
 */
export const snowflakeDialect: Dialect = {
  name: 'snowflake',
  maxIdentifierLength: 255,
  supportsTransactionalDdl: false,
  supportsReplaceInTransaction: false,
  supportsAtomicReplace: true,
  supportsTransactionalDml: true,
  supportsSessionState: true,
  incrementalStrategies: ['merge', 'append', 'delete+insert', 'insert_overwrite'],
  supportsBoundViews: false,
  supportsMerge: true,
  supportsIndexes: false,
  supportsViewColumnComments: false,
  supportsExternalFiles: false,
  needsMaterializedCtes: false,
  constraintSupport: {
    not_null: 'enforced',
    unique: 'unenforced',
    primary_key: 'unenforced',
    foreign_key: 'unenforced',
    check: 'unsupported',
  },

  quotesNames: false,
  columnName: foldColumn,
  quote: (identifier) => quoteIdentifier(foldColumn(identifier)),
  quoteExactly: quoteIdentifier,
  unquote: unquoteIdentifier,
  renderRelation: renderSnowflakeRelation,
  temporaryRelation: (identifier, { database, schema }) => ({ database, schema, identifier }),
  renderLiteral: renderSnowflakeValue,
  typeName: (type) => snowflakeTypeNames[type],
  isSameType: isSameSnowflakeType,
  canWiden: canWidenSnowflake,

  checkSettings: checkSnowflakeSettings,
  createSchema: (schema) => `create schema if not exists ${renderSnowflakeSchema(schema)}`,
  dropSchema: (schema) => `drop schema if exists ${renderSnowflakeSchema(schema)} cascade`,
  createTableAs: createSnowflakeTableAs,
  createTable: createSnowflakeTable,
  createView: createSnowflakeView,
  drop: dropSnowflakeRelation,
  rename: renameSnowflakeRelation,
  addColumn: (relation, column) => renderAddColumn(foldRelation(relation), column),
  dropColumn: (relation, name) => renderDropColumn(foldRelation(relation), name),
  alterColumnType: (relation, { name, type }) =>
    `alter table ${renderSnowflakeRelation(relation)} alter column ${quoteIdentifier(name)} set data type ${type}`,
  createIndex: () => neverNeeded('createIndex'),
  dropIndex: () => neverNeeded('dropIndex'),
  analyze: () => null,

  cloneTable: (source, clone, node) => cloneSnowflakeTable(source, clone, { node }),
  publishTable: publishSnowflakeTable,
  isLayoutRefusal: () => false,
  insertSelect: (target, columns, sql) => renderInsertSelect(foldRelation(target), columns, sql),
  // The first statement that changes rows locks the table for other writers until the transaction ends.
  lockTable: () => null,
  deleteAll: (relation) => `delete from ${renderSnowflakeRelation(relation)}`,
  deleteMissing: (spec) => renderDeleteMissing({ ...spec, ...foldPlaces(spec) }),
  deleteMatching: (spec) => renderDeleteMatching({ ...spec, ...foldPlaces(spec) }),
  insertOverwrite: ({ target, source, columns }) => {
    const list = quoteList(columns);
    const from = renderSnowflakeRelation(source);
    return `insert overwrite into ${renderSnowflakeRelation(target)} (${list})\nselect ${list}\nfrom ${from}`;
  },
  merge: (spec) => renderMerge({ ...spec, ...foldPlaces(spec) }),
  readFile: (location) => {
    throw new StrataError('internal', `Snowflake cannot read the file ${location} in place.`);
  },
  comment: commentSnowflakeRelation,
  commentColumns: commentSnowflakeColumns,

  describeQuery: (sql) => `select * from (\n${sql}\n) as described limit 0`,
  listRelations: listSnowflakeRelations,
  listColumns: listSnowflakeColumns,
  listDependents: () => null,
  listIndexes: () => null,
  listConstraintChanges: () => null,
};

function foldPlaces({ target, source }: Pick<MergeSpec, 'target' | 'source'>): Pick<MergeSpec, 'target' | 'source'> {
  return { target: foldRelation(target), source: foldRelation(source) };
}
