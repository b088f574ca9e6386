import type { Dependent, Dialect } from '../dialects/dialect.ts';
import type { Column, ExistingRelation, Relation } from '../manifest/relation.ts';
import type { CellValue, ResultTable, StatementResponse } from '../manifest/results.ts';

/** What a connection is for. */
export interface ConnectOptions {
  /** Whether nothing will be written, so that a file others read can be read too. */
  readonly readsOnly?: boolean;
}

/** A warehouse connection. Statements come from a Dialect; this only carries them. */
export interface Adapter {
  readonly dialect: Dialect;
  /** Connects and checks the credentials. Throws `connection-failed` with a hint and without any secret. */
  connect(options?: ConnectOptions): Promise<void>;
  /** A session of its own for one thread: its statements and transaction are independent of other sessions. */
  openSession(): Promise<Session>;
  /** Whether a transaction that failed with this error may succeed when the whole of it is run again. */
  isRetryable(error: unknown): boolean;
  /** Cancels what runs, closes all sessions. Safe to call twice. */
  close(): Promise<void>;
}

/** What the statements of a session are done for. */
export interface Work {
  readonly invocationId: string;
  /** The unique id of the node; null for what belongs to the run as a whole. */
  readonly node: string | null;
  /** What the node itself wants its statements marked with (config query_tag). */
  readonly mark?: string | null;
}

/**
 * One thread's connection. Calls are made one after another. A statement fails with `database-error` and the warehouse's
 * message, with `cancelled` after `cancel()`, or with `connection-failed` when the connection is lost.
 */
export interface Session {
  /** Runs one or several statements without reading rows. */
  execute(sql: string): Promise<StatementResponse>;
  /** Runs a query and reads all rows. The same value is the same cell on every warehouse. */
  query(sql: string): Promise<ResultTable>;
  /** Runs a query of numeric columns and reads them into one Float64Array each; null becomes NaN. */
  readNumbers(sql: string): Promise<readonly Float64Array[]>;
  /** Loads rows in bulk (Appender, COPY) into an existing table, inside the open transaction if there is one. */
  load(relation: Relation, columns: readonly Column[], rows: Iterable<readonly CellValue[]>): Promise<number>;
  /** Columns a query would give, without running it. */
  describeQuery(sql: string): Promise<readonly Column[]>;
  listRelations(schemas: readonly Pick<Relation, 'database' | 'schema'>[]): Promise<readonly ExistingRelation[]>;
  /** Columns of the relations that exist, keyed by relationKey(). */
  listColumns(relations: readonly Relation[]): Promise<ReadonlyMap<string, readonly Column[]>>;
  /** What hangs on a relation; `successor` is what would take its place, made by us. */
  listDependents(relation: Relation, successor?: Relation): Promise<readonly Dependent[]>;
  begin(): Promise<void>;
  commit(): Promise<void>;
  /** Never throws: a connection that is gone has rolled back already. */
  rollback(): Promise<void>;
  /** Names the work that the next statements are done for, where the warehouse's own logs keep that: labels, a query tag. */
  tag?(work: Work): Promise<void>;
  /** Bytes that all statements of this session have read so far; only where the warehouse charges for them. */
  readonly bytesProcessed?: number;
  /** Bytes a query would read, without running it; only where the warehouse charges for them. */
  estimateBytes?(sql: string): Promise<number>;
  /** Stops the statement that is running, from any other call; its own promise then fails with `cancelled`. */
  cancel(): Promise<void>;
  close(): Promise<void>;
}
