import type { Readable } from 'node:stream';
import type { Connection, StatementOption } from 'snowflake-sdk';
import type { Dependent } from '../dialects/dialect.ts';
import { snowflakeDialect } from '../dialects/snowflake.ts';
import { StrataError } from '../errors.ts';
import type { Column, ExistingRelation, Relation } from '../manifest/relation.ts';
import type { CellValue, ResultTable, StatementResponse } from '../manifest/results.ts';
import type { Session, Work } from './adapter.ts';
import { readColumnRows, readRelationRows } from './catalog-rows.ts';
import { interruptUntilDone } from './interrupt.ts';
import { describeColumn, findCellReader, readRow } from './snowflake-cells.ts';
import { closeConnection } from './snowflake-connect.ts';
import { isSessionGone, type SnowflakePlace, toStatementError } from './snowflake-errors.ts';
import { loadRows, type StageMemory } from './snowflake-load.ts';
import { NumberColumns } from './snowflake-numbers.ts';
import { cancelStatement, type SnowflakeStatement, sendStatement } from './snowflake-send.ts';
import { splitStatements } from './snowflake-statements.ts';
import { renderQueryTag } from './snowflake-tag.ts';

/** What a session is given: its connection, how to make another, and what its adapter knows. */
export interface SnowflakeSessionOptions {
  readonly connection: Connection;
  readonly connect: () => Promise<Connection>;
  readonly place: SnowflakePlace;
  readonly queryTag: string | null;
  readonly stage: StageMemory;
}

type Sent = Pick<StatementOption, 'sqlText' | 'binds' | 'describeOnly'>;

/** How long a server may take to end a session when it was silent before. */
const SILENT_MILLIS = 250;

/** One Snowflake session. */
export class SnowflakeSession implements Session {
  readonly #options: SnowflakeSessionOptions;
  #connection: Connection;
  #queryTag: string | null;
  #running: Promise<unknown> | null = null;
  #statement: SnowflakeStatement | null = null;
  #rows: Readable | null = null;
  #isInTransaction = false;
  /** A statement may still run in it, so that nothing else can. */
  #isAbandoned = false;
  #abandon: (() => void) | null = null;
  #isOpen = true;

  constructor(options: SnowflakeSessionOptions) {
    this.#options = options;
    this.#connection = options.connection;
    this.#queryTag = options.queryTag;
  }

  execute(sql: string): Promise<StatementResponse> {
    return this.#run(async () => {
      let rowsAffected: number | null = null;
      for (const sqlText of splitStatements(sql))
        rowsAffected = countRows(await this.#send({ sqlText })) ?? rowsAffected;
      return { code: 'SUCCESS', rowsAffected };
    });
  }

  query(sql: string): Promise<ResultTable> {
    return this.#run(async () => {
      const statement = await this.#sendAll(sql);
      const columns = statement.getColumns() ?? [];
      const readers = columns.map(findCellReader);
      const rows: CellValue[][] = [];
      for await (const row of this.#readRows(statement)) rows.push(readRow(row, readers));
      return { columns: columns.map(describeColumn), rows };
    });
  }

  readNumbers(sql: string): Promise<readonly Float64Array[]> {
    return this.#run(async () => {
      const statement = await this.#sendAll(sql);
      const readers = (statement.getColumns() ?? []).map(findCellReader);
      const numbers = new NumberColumns(readers.length);
      for await (const row of this.#readRows(statement)) numbers.add(readRow(row, readers));
      return numbers.finish();
    });
  }

  load(relation: Relation, columns: readonly Column[], rows: Iterable<readonly CellValue[]>): Promise<number> {
    return this.#run(() =>
      loadRows(
        { relation, columns, rows },
        {
          stage: this.#options.stage,
          isInTransaction: this.#isInTransaction,
          send: (sqlText, binds) => this.#sendLoad({ sqlText, ...(binds === undefined ? {} : { binds }) }),
        },
      ),
    );
  }

  describeQuery(sql: string): Promise<readonly Column[]> {
    return this.#run(async () => {
      const statement = await this.#send({ sqlText: snowflakeDialect.describeQuery(sql), describeOnly: true });
      return (statement.getColumns() ?? []).map(describeColumn);
    });
  }

  async listRelations(schemas: readonly Pick<Relation, 'database' | 'schema'>[]): Promise<readonly ExistingRelation[]> {
    if (schemas.length === 0) return [];
    return readRelationRows(await this.query(snowflakeDialect.listRelations(schemas)));
  }

  async listColumns(relations: readonly Relation[]): Promise<ReadonlyMap<string, readonly Column[]>> {
    if (relations.length === 0) return new Map();
    return readColumnRows(await this.query(snowflakeDialect.listColumns(relations)));
  }

  async listDependents(): Promise<readonly Dependent[]> {
    return [];
  }

  async begin(): Promise<void> {
    await this.#run(() => this.#send({ sqlText: 'begin transaction' }));
  }

  async commit(): Promise<void> {
    await this.#run(() => this.#send({ sqlText: 'commit' }));
  }

  async rollback(): Promise<void> {
    if (!this.#isOpen) return;
    if (this.#isAbandoned) {
      // The server rolls back what is open in a session that ends; the next statement opens another.
      this.#isInTransaction = false;
      return;
    }
    const send = () => this.#run(() => this.#send({ sqlText: 'rollback' }));
    // A cancellation meant for the statement before may have hit this one.
    await send().catch(send).catch(ignore);
    this.#isInTransaction = false;
  }

  async tag(work: Work): Promise<void> {
    this.#queryTag = renderQueryTag(work, this.#options.queryTag);
  }

  async cancel(): Promise<void> {
    await interruptUntilDone(
      () => this.#running,
      async () => {
        this.#rows?.destroy(new StrataError('cancelled', 'The statement was cancelled.'));
        if (this.#statement !== null) await cancelStatement(this.#statement);
      },
    );
    if (this.#running !== null) this.#abandon?.();
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.cancel().catch(ignore);
    await closeConnection(this.#connection, this.#isAbandoned ? SILENT_MILLIS : undefined);
  }

  /** Rows of an answer as the client gives them: one by one, a large answer part by part. */
  async *#readRows(statement: SnowflakeStatement): AsyncGenerator<readonly unknown[]> {
    const rows = statement.streamRows();
    this.#rows = rows;
    try {
      for await (const row of rows) yield row;
    } finally {
      this.#rows = null;
    }
  }

  /** The last answer of one or several statements. */
  async #sendAll(sql: string): Promise<SnowflakeStatement> {
    const statements = splitStatements(sql);
    for (const sqlText of statements.slice(0, -1)) await this.#send({ sqlText });
    return this.#send({ sqlText: statements.at(-1) ?? sql });
  }

  async #sendLoad(options: Sent): Promise<readonly (readonly CellValue[])[]> {
    try {
      const statement = await this.#send(options);
      const readers = (statement.getColumns() ?? []).map(findCellReader);
      const rows: CellValue[][] = [];
      for await (const row of this.#readRows(statement)) rows.push(readRow(row, readers));
      return rows;
    } catch (error) {
      throw toStatementError(error, this.#options.place);
    }
  }

  /**
   * Sends one statement. A session that the server has ended refuses statements without running them, so outside a
   * transaction the statement is sent again over a new one.
   */
  async #send(sent: Sent): Promise<SnowflakeStatement> {
    if (this.#isAbandoned) await this.#reconnect();
    try {
      return await this.#sendOnce(sent);
    } catch (error) {
      if (!this.#isOpen || this.#isInTransaction || !isSessionGone(error)) throw error;
      await this.#reconnect();
      return this.#sendOnce(sent);
    }
  }

  /** Ends the server's session, with what runs and is open in it, and opens another. */
  async #reconnect(): Promise<void> {
    await closeConnection(this.#connection, this.#isAbandoned ? SILENT_MILLIS : undefined);
    this.#connection = await this.#options.connect();
    this.#isInTransaction = false;
    this.#isAbandoned = false;
  }

  async #sendOnce(sent: Sent): Promise<SnowflakeStatement> {
    const parameters = this.#queryTag === null ? {} : { parameters: { QUERY_TAG: this.#queryTag } };
    try {
      const answered = await sendStatement(this.#connection, { ...sent, ...parameters }, (statement) => {
        this.#statement = statement;
      });
      this.#isInTransaction = isOpenAfter(sent.sqlText) ?? this.#isInTransaction;
      return answered;
    } finally {
      this.#statement = null;
    }
  }

  async #run<T>(work: () => Promise<T>): Promise<T> {
    const abandoned = new Promise<never>((_, reject) => {
      this.#abandon = () => {
        this.#isAbandoned = true;
        reject(new StrataError('cancelled', 'The statement was cancelled, but Snowflake did not confirm it.'));
      };
    });
    const running = Promise.race([work(), abandoned]);
    this.#running = running;
    try {
      return await running;
    } catch (error) {
      throw toStatementError(error, this.#options.place);
    } finally {
      this.#running = null;
    }
  }
}

/** Whether a transaction is open after a statement; null where it changes nothing about that. */
function isOpenAfter(statement: string): boolean | null {
  const sql = statement.replace(/^(?:\s+|--[^\n]*\n|\/\*[\s\S]*?\*\/)*/, '');
  if (/^(?:begin|start\s+transaction)\b/i.test(sql)) return true;
  return /^(?:commit|rollback)\b/i.test(sql) ? false : null;
}

/** Rows a statement changed; null where it is not one that changes rows. */
function countRows(statement: SnowflakeStatement): number | null {
  const count = statement.getNumUpdatedRows() ?? -1;
  return count < 0 ? null : count;
}

function ignore(): void {}
