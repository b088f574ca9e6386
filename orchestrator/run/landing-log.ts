import type { Session } from '../adapters/adapter.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Relation } from '../manifest/relation.ts';

/** What the landing tables were loaded from, kept beside them in the warehouse. */
export class LandingLog {
  readonly #table: string;
  readonly #session: Session;
  readonly #dialect: Dialect;
  readonly #contents: Map<string, string>;

  private constructor(table: string, session: Session, dialect: Dialect, contents: Map<string, string>) {
    this.#table = table;
    this.#session = session;
    this.#dialect = dialect;
    this.#contents = contents;
  }

  /** Reads the log of a landing schema, which is made if there is none. */
  static async open(
    schema: Pick<Relation, 'database' | 'schema'>,
    session: Session,
    dialect: Dialect,
  ): Promise<LandingLog> {
    const relation = { ...schema, identifier: 'strata_landing_log' };
    const type = dialect.typeName('string');
    const columns = ['identifier', 'content'].map((name) => ({ name: dialect.columnName(name), type }));
    await session.execute(dialect.createTable(relation, columns, { ifNotExists: true }));
    const table = dialect.renderRelation(relation);
    const { rows } = await session.query(`select identifier, content from ${table}`);
    return new LandingLog(
      table,
      session,
      dialect,
      new Map(rows.map(([name, content]) => [String(name), String(content)])),
    );
  }

  /** A digest of what the table holds; undefined when it was never loaded. */
  contentOf(target: Relation): string | undefined {
    return this.#contents.get(target.identifier);
  }

  /** Notes a load. A run that dies before this only loads once more. */
  async note(target: Relation, content: string): Promise<void> {
    const [name, text] = [target.identifier, content].map((value) => this.#dialect.renderLiteral(value));
    await this.#session.execute(`delete from ${this.#table} where identifier = ${name}`);
    await this.#session.execute(`insert into ${this.#table} (identifier, content) values (${name}, ${text})`);
    this.#contents.set(target.identifier, content);
  }
}
