import { StrataError } from '../errors.ts';
import type { Node } from '../manifest/node.ts';
import type { Relation } from '../manifest/relation.ts';
import { listBigQueryColumns, listBigQueryRelations } from './bigquery-catalog.ts';
import { renderTableOptions } from './bigquery-options.ts';
import { quoteBigQuery, renderBigQueryLiteral, renderBigQueryRelation, unquoteBigQuery } from './bigquery-quoting.ts';
import {
  deleteMatchingRows,
  deleteMissingRows,
  insertBigQueryRows,
  mergeBigQueryRows,
  overwriteBigQueryPartitions,
} from './bigquery-rows.ts';
import { checkBigQuerySettings } from './bigquery-settings.ts';
import {
  addBigQueryColumn,
  alterBigQueryColumnType,
  alterTable,
  createBigQueryTable,
  createBigQueryTableAs,
  createBigQueryView,
  describeBigQueryColumns,
  describeBigQueryRelation,
  dropBigQueryRelation,
} from './bigquery-tables.ts';
import { canWidenBigQueryType, isSameBigQueryType, nameBigQueryType } from './bigquery-types.ts';
import type { Dialect } from './dialect.ts';
import { neverNeeded } from './never-needed.ts';

/**
 * BigQuery (GoogleSQL). Each statement is its own transaction, DDL included: `create or replace` swaps a relation for
 * one of the same type in one step, but refuses a table whose partitions or clusters differ.
 */
export const bigQueryDialect: Dialect = {
  name: 'bigquery',
  maxIdentifierLength: 1024,
  supportsTransactionalDdl: false,
  supportsReplaceInTransaction: false,
  supportsAtomicReplace: true,
  supportsTransactionalDml: false,
  supportsSessionState: false,
  incrementalStrategies: ['merge', 'append', 'insert_overwrite'],
  supportsBoundViews: false,
  supportsMerge: true,
  supportsIndexes: false,
  supportsViewColumnComments: true,
  supportsExternalFiles: false,
  needsMaterializedCtes: false,
  constraintSupport: {
    not_null: 'enforced',
    unique: 'unsupported',
    primary_key: 'unenforced',
    foreign_key: 'unenforced',
    check: 'unsupported',
  },
  quotesNames: true,
  columnName: (written) => written,

  quote: quoteBigQuery,
  quoteExactly: quoteBigQuery,
  unquote: unquoteBigQuery,
  renderRelation: renderBigQueryRelation,
  // A table of the session alone needs a script or a session of BigQuery's own, so new rows wait in one that expires.
  temporaryRelation: (identifier, { database, schema }) => ({ database, schema, identifier }),
  renderLiteral: renderBigQueryLiteral,
  typeName: nameBigQueryType,
  isSameType: isSameBigQueryType,
  canWiden: canWidenBigQueryType,

  checkSettings: checkBigQuerySettings,
  createSchema: (relation) => `create schema if not exists ${renderDataset(relation)}`,
  dropSchema: (relation) => `drop schema if exists ${renderDataset(relation)} cascade`,
  createTableAs: createBigQueryTableAs,
  createTable: createBigQueryTable,
  createView: createBigQueryView,
  drop: dropBigQueryRelation,
  rename: (relation, _type, identifier) => `${alterTable(relation)} rename to ${quoteBigQuery(identifier)}`,
  addColumn: addBigQueryColumn,
  dropColumn: (relation, name) => `${alterTable(relation)} drop column ${quoteBigQuery(name)}`,
  alterColumnType: alterBigQueryColumnType,
  createIndex: () => neverNeeded('createIndex'),
  dropIndex: () => neverNeeded('dropIndex'),
  analyze: () => null,

  cloneTable: (source, clone, node) => cloneAs(clone, source, node),
  publishTable: ({ built, target, node }) => cloneAs(target, built, node),
  isLayoutRefusal: (message) => message.includes('different partitioning spec'),

  insertSelect: insertBigQueryRows,
  lockTable: () => null,
  deleteAll: (relation) => `truncate table ${renderBigQueryRelation(relation)}`,
  deleteMissing: deleteMissingRows,
  deleteMatching: deleteMatchingRows,
  merge: mergeBigQueryRows,
  insertOverwrite: overwriteBigQueryPartitions,
  readFile: (location) => {
    throw new StrataError('internal', `BigQuery cannot read the file ${location} in place.`);
  },
  comment: describeBigQueryRelation,
  commentColumns: describeBigQueryColumns,

  // A dry run of the query itself tells its columns.
  describeQuery: (sql) => sql,
  listRelations: listBigQueryRelations,
  listColumns: listBigQueryColumns,
  listDependents: () => null,
  listIndexes: () => null,
  listConstraintChanges: () => null,
};

/** Whether a description or a label goes with a clone is not promised, so what the node sets is said again. */
function cloneAs(clone: Relation, source: Relation, node: Node): string {
  const statement = `create or replace table ${renderBigQueryRelation(clone)} clone ${renderBigQueryRelation(source)}`;
  return [statement, ...renderTableOptions(node)].join('\n');
}

function renderDataset({ database, schema }: Pick<Relation, 'database' | 'schema'>): string {
  return renderBigQueryRelation({ database, schema, identifier: '' });
}
