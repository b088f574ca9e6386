import type { Session, Work } from '../adapters/adapter.ts';
import type { RenderedComment } from '../compile/query-comment.ts';
import type { Column, Relation } from '../manifest/relation.ts';
import type { CellValue } from '../manifest/results.ts';

/** A session whose statements carry a comment, so that the warehouse's own logs say which node they belong to. */
export class CommentedSession implements Session {
  readonly #session: Session;
  readonly #comment: RenderedComment;

  constructor(session: Session, comment: RenderedComment) {
    this.#session = session;
    this.#comment = comment;
  }

  execute(sql: string) {
    return this.#session.execute(this.#mark(sql));
  }

  query(sql: string) {
    return this.#session.query(this.#mark(sql));
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

  /** In front without a line break, so that line numbers in the warehouse's messages stay true. */
  #mark(sql: string): string {
    return this.#comment.append ? `${sql}\n${this.#comment.text}` : `${this.#comment.text} ${sql}`;
  }
}
