import type { Client, FieldDef, QueryArrayResult } from 'pg';
import type { Dependent } from '../dialects/dialect.ts';
import { postgresDialect } from '../dialects/postgres.ts';
import { probePostgresDependents } from '../dialects/postgres-dependents.ts';
import type { Column, ExistingRelation, Relation } from '../manifest/relation.ts';
import type { CellValue, ResultTable, StatementResponse } from '../manifest/results.ts';
import type { Session } from './adapter.ts';
import { readColumnRows, readDependentRows, readRelationRows } from './catalog-rows.ts';
import { interruptUntilDone } from './interrupt.ts';
import { receiveNumbers, renderCopyFrom, sendRows } from './postgres-copy.ts';
import { type ConnectionPlace, toStatementError } from './postgres-errors.ts';
import { findTypeName } from './postgres-types.ts';

/** What a session is given: its connection and how to stop what that runs from outside. */
export interface PostgresConnection {
  readonly client: Client;
  readonly place: ConnectionPlace;
  /** Interrupts the connection's statement through another connection. */
  readonly interrupt: () => Promise<void>;
}

type ArrayResult = QueryArrayResult<CellValue[]>;

/** How long a connection may take to say goodbye before it is cut. */
const CLOSE_MILLIS = 1000;

/** One Postgres connection. */
export class PostgresSession implements Session {
  readonly #connection: PostgresConnection;
  readonly #client: Client;
  #running: Promise<unknown> | null = null;
  #isOpen = true;

  constructor(connection: PostgresConnection) {
    this.#connection = connection;
    this.#client = connection.client;
  }

  async execute(sql: string): Promise<StatementResponse> {
    const result = await this.#send(sql);
    return { code: result.command ?? 'OK', rowsAffected: result.rowCount };
  }

  async query(sql: string): Promise<ResultTable> {
    const { fields, rows } = await this.#send(sql);
    return { columns: await this.#nameTypes(fields), rows };
  }

  async readNumbers(sql: string): Promise<readonly Float64Array[]> {
    const columns = await this.describeQuery(sql);
    const types = columns.map(({ type }) => type);
    return this.#run(sql, () => receiveNumbers(this.#client, sql, types));
  }

  load(relation: Relation, columns: readonly Column[], rows: Iterable<readonly CellValue[]>): Promise<number> {
    const sql = renderCopyFrom(relation, columns);
    return this.#run(sql, () => sendRows(this.#client, sql, rows));
  }

  async describeQuery(sql: string): Promise<readonly Column[]> {
    return (await this.query(postgresDialect.describeQuery(sql))).columns;
  }

  async listRelations(schemas: readonly Pick<Relation, 'database' | 'schema'>[]): Promise<readonly ExistingRelation[]> {
    if (schemas.length === 0) return [];
    return readRelationRows(await this.query(postgresDialect.listRelations(schemas)));
  }

  async listColumns(relations: readonly Relation[]): Promise<ReadonlyMap<string, readonly Column[]>> {
    if (relations.length === 0) return new Map();
    return readColumnRows(await this.query(postgresDialect.listColumns(relations)));
  }

  async listDependents(relation: Relation, successor?: Relation): Promise<readonly Dependent[]> {
    const { rows } = await this.#send(probePostgresDependents(relation, successor));
    const sql = rows.length === 0 ? null : postgresDialect.listDependents(relation, successor);
    return sql === null ? [] : readDependentRows(await this.query(sql));
  }

  async begin(): Promise<void> {
    await this.#send('begin');
  }

  async commit(): Promise<void> {
    await this.#send('commit');
  }

  async rollback(): Promise<void> {
    if (!this.#isOpen) return;
    await this.#send('rollback').catch(() => undefined);
    // A cancellation meant for the statement before may have hit this one.
    if (this.#client.getTransactionStatus() !== 'I') await this.#send('rollback').catch(() => undefined);
  }

  async cancel(): Promise<void> {
    await interruptUntilDone(() => this.#running, this.#connection.interrupt);
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.cancel().catch(() => undefined);
    const timer = setTimeout(() => this.#client.connection.stream.destroy(), CLOSE_MILLIS);
    await this.#client.end().catch(() => undefined);
    clearTimeout(timer);
  }

  /** The last result of one or several statements. */
  #send(sql: string): Promise<ArrayResult> {
    return this.#run(sql, async () => {
      const answer: ArrayResult | ArrayResult[] = await this.#client.query<CellValue[]>({
        text: sql,
        rowMode: 'array',
      });
      return Array.isArray(answer) ? pickAnswer(answer) : answer;
    });
  }

  async #nameTypes(fields: readonly FieldDef[]): Promise<Column[]> {
    const known = fields.map(findTypeName);
    const unknown = fields.filter((_, index) => known[index] === null);
    const asked = unknown.length === 0 ? [] : (await this.#send(renderTypeQuery(unknown))).rows[0];
    const names = [...(asked ?? [])];
    return fields.map(({ name }, index) => ({ name, type: String(known[index] ?? names.shift()) }));
  }

  async #run<T>(sql: string, work: () => Promise<T>): Promise<T> {
    const running = work();
    this.#running = running;
    try {
      return await running;
    } catch (error) {
      throw toStatementError(error, sql, this.#connection.place);
    } finally {
      this.#running = null;
    }
  }
}

/** Of several statements the last that touched rows tells what happened; settings around it do not. */
function pickAnswer(answers: readonly ArrayResult[]): ArrayResult {
  return answers.findLast((answer) => answer.rowCount !== null) ?? answers.at(-1) ?? emptyResult;
}

const emptyResult: ArrayResult = { command: 'OK', rowCount: null, oid: 0, fields: [], rows: [] };

function renderTypeQuery(fields: readonly FieldDef[]): string {
  const names = fields.map((field) => `pg_catalog.format_type(${field.dataTypeID}, ${field.dataTypeModifier})`);
  return `select ${names.join(', ')}`;
}
