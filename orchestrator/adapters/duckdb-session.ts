import {
  type DuckDBConnection,
  type DuckDBDataChunk,
  DuckDBMaterializedResult,
  type DuckDBResult,
  ResultReturnType,
} from '@duckdb/node-api';
import type { Dependent } from '../dialects/dialect.ts';
import { duckDbDialect } from '../dialects/duckdb.ts';
import type { Column, ExistingRelation, Relation } from '../manifest/relation.ts';
import type { CellValue, ResultTable, StatementResponse } from '../manifest/results.ts';
import type { Session } from './adapter.ts';
import { readColumnRows, readRelationRows } from './catalog-rows.ts';
import { toStatementError } from './duckdb-errors.ts';
import { appendRows } from './duckdb-load.ts';
import { readDoubles } from './duckdb-numbers.ts';
import type { ThreadLimiter } from './duckdb-threads.ts';
import { readChunk, toCellValue } from './duckdb-values.ts';
import { interruptUntilDone } from './interrupt.ts';

/** What all sessions of one database share. */
export interface DuckDbContext {
  readonly secrets: readonly string[];
  readonly limiter: ThreadLimiter;
  /** Called when a session has closed. */
  readonly onClose: (session: DuckDbSession) => void;
}

/** One DuckDB connection. */
export class DuckDbSession implements Session {
  readonly #connection: DuckDBConnection;
  readonly #context: DuckDbContext;
  #running: Promise<unknown> | null = null;
  #isOpen = true;
  #isInTransaction = false;

  constructor(connection: DuckDBConnection, context: DuckDbContext) {
    this.#connection = connection;
    this.#context = context;
  }

  execute(sql: string): Promise<StatementResponse> {
    return this.#run(async () => {
      const result = await this.#connection.run(sql);
      return { code: 'OK', rowsAffected: await countRows(result) };
    });
  }

  query(sql: string): Promise<ResultTable> {
    return this.#run(async () => {
      // run() answers with the first of several results, stream() with the last.
      const result = await (sql.includes(';') ? this.#connection.stream(sql) : this.#connection.run(sql));
      const types = result.columnTypes();
      const chunks = await fetchChunks(result);
      const columns = result.columnNames().map((name, index) => ({ name, type: String(types[index]) }));
      return { columns, rows: chunks.flatMap((chunk) => readChunk(chunk, types)) };
    });
  }

  readNumbers(sql: string): Promise<readonly Float64Array[]> {
    return this.#run(() => readDoubles(this.#connection, sql));
  }

  load(relation: Relation, columns: readonly Column[], rows: Iterable<readonly CellValue[]>): Promise<number> {
    const append = () => appendRows(this.#connection, { relation, columns, rows });
    return this.#run(() => (this.#isInTransaction ? append() : this.#runAlone(append)));
  }

  async describeQuery(sql: string): Promise<readonly Column[]> {
    const table = await this.query(duckDbDialect.describeQuery(sql));
    return table.rows.map(([name, type]) => ({ name: String(name), type: String(type) }));
  }

  async listRelations(schemas: readonly Pick<Relation, 'database' | 'schema'>[]): Promise<readonly ExistingRelation[]> {
    if (schemas.length === 0) return [];
    return readRelationRows(await this.query(duckDbDialect.listRelations(schemas)));
  }

  async listColumns(relations: readonly Relation[]): Promise<ReadonlyMap<string, readonly Column[]>> {
    if (relations.length === 0) return new Map();
    return readColumnRows(await this.query(duckDbDialect.listColumns(relations)));
  }

  async listDependents(): Promise<readonly Dependent[]> {
    return [];
  }

  async begin(): Promise<void> {
    await this.execute('begin transaction');
    this.#isInTransaction = true;
  }

  async commit(): Promise<void> {
    this.#isInTransaction = false;
    await this.execute('commit');
  }

  async rollback(): Promise<void> {
    this.#isInTransaction = false;
    if (this.#isOpen) await this.execute('rollback').catch(() => undefined);
  }

  async cancel(): Promise<void> {
    await interruptUntilDone(
      () => this.#running,
      async () => this.#connection.interrupt(),
    );
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return;
    await this.cancel();
    await this.#running?.catch(() => undefined);
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#connection.disconnectSync();
    this.#context.onClose(this);
  }

  /** Loads outside a transaction are all or nothing too. */
  async #runAlone<T>(work: () => Promise<T>): Promise<T> {
    await this.#connection.run('begin transaction');
    try {
      const result = await work();
      await this.#connection.run('commit');
      return result;
    } catch (error) {
      await this.#connection.run('rollback').catch(() => undefined);
      throw error;
    }
  }

  async #run<T>(work: () => Promise<T>): Promise<T> {
    const running = this.#context.limiter.watch(work);
    this.#running = running;
    try {
      return await running;
    } catch (error) {
      throw toStatementError(error, this.#context.secrets);
    } finally {
      this.#running = null;
    }
  }
}

/** All chunks of a result. Where the rows are counted there is no need to ask once more to be told that there is none. */
async function fetchChunks(result: DuckDBResult): Promise<readonly DuckDBDataChunk[]> {
  if (!(result instanceof DuckDBMaterializedResult)) return result.fetchAllChunks();
  const chunks: DuckDBDataChunk[] = [];
  for (let rows = 0; rows < result.rowCount; ) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) break;
    chunks.push(chunk);
    rows += chunk.rowCount;
  }
  return chunks;
}

/** DML counts its rows; `create table as` answers with one row that holds the count. */
async function countRows(result: DuckDBMaterializedResult): Promise<number | null> {
  if (result.returnType === ResultReturnType.CHANGED_ROWS) return result.rowsChanged;
  if (result.returnType !== ResultReturnType.NOTHING || result.rowCount !== 1) return null;
  const chunk = await result.fetchChunk();
  const count = toCellValue(chunk?.getColumnVector(0).getItem(0) ?? null);
  return typeof count === 'number' ? count : null;
}
