import type { Session, Work } from '../adapters/adapter.ts';
import type { RenderedComment } from '../compile/query-comment.ts';
import type { Column, Relation } from '../manifest/relation.ts';
import type { CellValue } from '../manifest/results.ts';

/**
 * A session whose statements carry a comment, so that the warehouse's own logs say which node they belong to, and whose
 * bytes are counted.
 */
export class CommentedSession implements Session {
  readonly #session: Session;
  readonly #comment: RenderedComment | null;
  readonly #onBytes: (bytes: number) => void;

  constructor(session: Session, comment: RenderedComment | null, onBytes: (bytes: number) => void) {
    this.#session = session;
    this.#comment = comment;
    this.#onBytes = onBytes;
  }

  async execute(sql: string) {
    return this.#count(await this.#session.execute(this.#mark(sql)));
  }

  async query(sql: string) {
    return this.#count(await this.#session.query(this.#mark(sql)));
  }

  readNumbers(sql: string) {
    return this.#session.readNumbers(this.#mark(sql));
  }

  describeQuery(sql: string) {
    return this.#session.describeQuery(sql);
  }

  load(relation: Relation, columns: readonly Column[], rows: Iterable<readonly CellValue[]>) {
    return this.#session.load(relation, columns, rows);
  }

  listRelations(schemas: readonly Pick<Relation, 'database' | 'schema'>[]) {
    return this.#session.listRelations(schemas);
  }

  listColumns(relations: readonly Relation[]) {
    return this.#session.listColumns(relations);
  }

  listDependents(relation: Relation, successor?: Relation) {
    return this.#session.listDependents(relation, successor);
  }

  begin() {
    return this.#session.begin();
  }

  commit() {
    return this.#session.commit();
  }

  rollback() {
    return this.#session.rollback();
  }

  async tag(work: Work) {
    await this.#session.tag?.(work);
  }

  cancel() {
    return this.#session.cancel();
  }

  close() {
    return this.#session.close();
  }

  #count<Answer extends { readonly bytesProcessed?: number }>(answer: Answer): Answer {
    if (answer.bytesProcessed !== undefined) this.#onBytes(answer.bytesProcessed);
    return answer;
  }

  /** In front without a line break, so that line numbers in the warehouse's messages stay true. */
  #mark(sql: string): string {
    if (this.#comment === null) return sql;
    return this.#comment.append ? `${sql}\n${this.#comment.text}` : `${this.#comment.text} ${sql}`;
  }
}
