import type { Adapter, Session } from '../../../orchestrator/adapters/adapter.ts';
import type { Dialect, LogicalType } from '../../../orchestrator/dialects/dialect.ts';
import type { Column, Relation } from '../../../orchestrator/manifest/relation.ts';
import type { CellValue } from '../../../orchestrator/manifest/results.ts';
import { declareCheck } from '../support/exemption.ts';
import type { RunningSubject, Subject } from './subjects.ts';

/** Names in lower case: Snowflake keeps in upper case what is written without quotes. */
export function listNames(columns: readonly Column[] | undefined): string[] | undefined {
  return columns?.map(({ name }) => name.toLowerCase());
}

/** One warehouse, opened, and the few things every check does with it. Tables live in the schema `lab`. */
export class Lab {
  readonly subject: Subject;
  readonly dialect: Dialect;
  /** Names of the checks declared. */
  readonly names = new Set<string>();
  #opened: { readonly running: RunningSubject; readonly adapter: Adapter; readonly session: Session } | null = null;

  constructor(subject: Subject) {
    this.subject = subject;
    this.dialect = subject.dialect;
  }

  async open(): Promise<void> {
    const running = await this.subject.start();
    const adapter = await running.open();
    await adapter.connect();
    const session = await adapter.openSession();
    await session.execute(this.dialect.createSchema(this.at('anything')));
    this.#opened = { running, adapter, session };
  }

  async close(): Promise<void> {
    await this.adapter.close();
    await this.#parts.running.stop();
  }

  /** A check of its own; one that this warehouse cannot pass counts as skipped. */
  test(name: string, check: () => Promise<void>): void {
    this.names.add(name);
    declareCheck(name, this.subject.exempt, check);
  }

  get adapter(): Adapter {
    return this.#parts.adapter;
  }

  get session(): Session {
    return this.#parts.session;
  }

  /** One more adapter for the same warehouse, not yet connected. */
  openAnother(): Adapter {
    return this.#parts.running.open();
  }

  at(identifier: string): Relation {
    return { database: null, schema: 'lab', identifier };
  }

  render(identifier: string): string {
    return this.dialect.renderRelation(this.at(identifier));
  }

  async read(sql: string): Promise<readonly (readonly CellValue[])[]> {
    return (await this.session.query(sql)).rows;
  }

  async createTable(identifier: string, types: Readonly<Record<string, LogicalType>>): Promise<readonly Column[]> {
    const columns = Object.entries(types).map(([name, type]) => ({ name, type: this.dialect.typeName(type) }));
    await this.session.execute(this.dialect.createTable(this.at(identifier), columns));
    return columns;
  }

  get #parts() {
    if (this.#opened === null) throw new Error('The warehouse is used before it is open.');
    return this.#opened;
  }
}
