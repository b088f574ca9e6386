import {
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  type DuckDBValue,
  DuckDBVector,
  VARCHAR,
} from '@duckdb/node-api';
import { duckDbDialect } from '../dialects/duckdb.ts';
import { StrataError } from '../errors.ts';
import type { Column, Relation } from '../manifest/relation.ts';
import type { CellValue } from '../manifest/results.ts';
import { batchRows } from './batch-rows.ts';
import { findCellWriter } from './duckdb-cells.ts';

/** What is appended: where to, the columns, and the rows in their order. */
export interface LoadJob {
  readonly relation: Relation;
  readonly columns: readonly Column[];
  readonly rows: Iterable<readonly CellValue[]>;
}

type Writer = (cell: Exclude<CellValue, null>) => DuckDBValue;

/**
 * Appends rows in chunks straight into the table where its columns are those given and of types with a direct form;
 * otherwise into a temporary table of texts, which DuckDB casts itself. A JSON column shows as VARCHAR in results, so it
 * is known by the type the caller gives: only a cast checks its texts.
 */
export async function appendRows(connection: DuckDBConnection, job: LoadJob): Promise<number> {
  const target = duckDbDialect.renderRelation(job.relation);
  const head = await connection.run(`select * from ${target} limit 0`);
  const types = head.columnTypes();
  const writers = types.map(findCellWriter);
  const names = head.columnNames();
  const isDirect =
    names.length === job.columns.length &&
    job.columns.every(({ name }, index) => names[index]?.toLowerCase() === name.toLowerCase()) &&
    job.columns.every(({ type }) => !/^json$/i.test(type)) &&
    writers.every((writer) => writer !== undefined);
  return isDirect ? appendChunks(connection, job, types, writers) : appendTexts(connection, job);
}

async function appendTexts(connection: DuckDBConnection, job: LoadJob): Promise<number> {
  const staging = duckDbDialect.temporaryRelation('strata_load', job.relation);
  const texts = job.columns.map(({ name }) => ({ name, type: 'varchar' }));
  await connection.run(duckDbDialect.createTable(staging, texts, { temporary: true, orReplace: true }));
  const types = texts.map(() => VARCHAR);
  const count = await appendChunks(
    connection,
    { ...job, relation: staging },
    types,
    types.map(() => String),
  );
  const names = job.columns.map(({ name }) => name);
  const rows = `select * from ${duckDbDialect.renderRelation(staging)}`;
  await connection.run(duckDbDialect.insertSelect(job.relation, names, rows));
  await connection.run(duckDbDialect.drop(staging, 'table'));
  return count;
}

async function appendChunks(
  connection: DuckDBConnection,
  job: LoadJob,
  types: readonly DuckDBType[],
  writers: readonly (Writer | undefined)[],
): Promise<number> {
  const { identifier, schema, database } = job.relation;
  const appender = await connection.createAppender(identifier, schema, database);
  let count = 0;
  try {
    for (const batch of batchRows(job.rows, DuckDBVector.standardSize())) {
      appendBatch(appender, types, convertBatch(batch, { job, writers, first: count + 1 }));
      count += batch.length;
    }
    appender.flushSync();
  } catch (error) {
    appender.clear();
    throw error;
  } finally {
    appender.closeSync();
  }
  return count;
}

function appendBatch(appender: DuckDBAppender, types: readonly DuckDBType[], columns: DuckDBValue[][]): void {
  const chunk = DuckDBDataChunk.create(types, columns[0]?.length ?? 0);
  chunk.setColumns(columns);
  appender.appendDataChunk(chunk);
}

interface BatchContext {
  readonly job: LoadJob;
  readonly writers: readonly (Writer | undefined)[];
  /** Number of the batch's first row, from 1. */
  readonly first: number;
}

function convertBatch(batch: readonly (readonly CellValue[])[], context: BatchContext): DuckDBValue[][] {
  return context.writers.map((writer, column) => {
    const write = writer ?? String;
    return batch.map((row, index) => {
      const cell = row[column] ?? null;
      if (cell === null) return null;
      try {
        return write(cell);
      } catch (error) {
        throw badCell(error, context, { row: index, column });
      }
    });
  });
}

function badCell(error: unknown, context: BatchContext, at: { row: number; column: number }): StrataError {
  const { name = '', type = '' } = context.job.columns[at.column] ?? {};
  const reason = error instanceof Error ? error.message : String(error);
  const message = `row ${context.first + at.row}, column "${name}" (${type}): ${reason}.`;
  return new StrataError('database-error', message, {}, { hint: 'Correct the value or give the column another type.' });
}
