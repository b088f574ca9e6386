import type { Dialect } from '../../../orchestrator/dialects/dialect.ts';
import { duckDbDialect } from '../../../orchestrator/dialects/duckdb.ts';

const render = duckDbDialect.renderRelation;

/**
 * DuckDB used as if its DDL could not be rolled back: each statement stands alone, rows change in transactions and the
 * session keeps what it was told.
 */
export const stepwiseDialect: Dialect = {
  ...duckDbDialect,
  supportsTransactionalDdl: false,
  supportsReplaceInTransaction: false,
  supportsIndexes: false,
  cloneTable: (source, clone) => `create or replace table ${render(clone)} as from ${render(source)}`,
  publishTable: ({ built, target, replaces }) =>
    `create ${replaces ? 'or replace ' : ''}table ${render(target)} as from ${render(built)}`,
};

/** The same without transactions, without a session's memory and without temporary tables of a session. */
export const statelessDialect: Dialect = {
  ...stepwiseDialect,
  supportsTransactionalDml: false,
  supportsSessionState: false,
  temporaryRelation: (identifier, { database, schema }) => ({ database, schema, identifier }),
  createTableAs: (relation, sql, options) =>
    stepwiseDialect.createTableAs(relation, sql, { ...options, temporary: false }),
  incrementalStrategies: ['merge', 'insert_overwrite', 'append', 'delete+insert'],
  insertOverwrite: ({ target, source }) => `overwrite ${render(target)} from ${render(source)}`,
};

/** The same on a warehouse that replaces no table by one of another layout. */
export const stubbornDialect: Dialect = {
  ...statelessDialect,
  publishTable: (spec) =>
    spec.replaces ? "select error('the new table has a different layout')" : statelessDialect.publishTable(spec),
  isLayoutRefusal: (message) => message.includes('different layout'),
};
