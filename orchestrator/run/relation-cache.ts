import type { Session } from '../adapters/adapter.ts';
import type { ExistingRelation, Relation } from '../manifest/relation.ts';
import { relationKey } from '../manifest/relation.ts';

/** A schema of a database. */
export type SchemaName = Pick<Relation, 'database' | 'schema'>;

/**
 * What exists in the warehouse: listed once per schema and kept up to date as nodes are published, so that no node
 * costs a metadata query.
 */
export class RelationCache {
  readonly #relations = new Map<string, ExistingRelation>();
  readonly #schemas = new Map<string, Promise<void>>();

  /** Lists these schemas with one query; those listed before are not asked for again. */
  async load(session: Session, schemas: readonly SchemaName[]): Promise<void> {
    const missing = schemas.filter((schema) => !this.#schemas.has(schemaKey(schema)));
    if (missing.length > 0) {
      const listing = this.#list(session, missing);
      for (const schema of missing) this.#schemas.set(schemaKey(schema), listing);
    }
    await Promise.all(schemas.map((schema) => this.#schemas.get(schemaKey(schema))));
  }

  isLoaded(schema: SchemaName): boolean {
    return this.#schemas.has(schemaKey(schema));
  }

  get(relation: Relation): ExistingRelation | null {
    return this.#relations.get(keyOf(relation)) ?? null;
  }

  list(schema: SchemaName): readonly ExistingRelation[] {
    const wanted = schemaKey(schema);
    return [...this.#relations.values()].filter((relation) => schemaKey(relation) === wanted);
  }

  set(relation: ExistingRelation): void {
    this.#relations.set(keyOf(relation), relation);
  }

  delete(relation: Relation): void {
    this.#relations.delete(keyOf(relation));
  }

  /** Knows a relation for the time of some work: one that only the open transaction of that work sees yet. */
  async during<Result>(relation: ExistingRelation, work: () => Promise<Result>): Promise<Result> {
    const before = this.get(relation);
    this.set(relation);
    try {
      return await work();
    } finally {
      if (before === null) this.delete(relation);
      else this.set(before);
    }
  }

  /** Forgets a schema, for statements of templates that may have changed anything in it. */
  forget(schema: SchemaName): void {
    for (const relation of this.list(schema)) this.delete(relation);
    this.#schemas.delete(schemaKey(schema));
  }

  async #list(session: Session, schemas: readonly SchemaName[]): Promise<void> {
    for (const relation of await session.listRelations(schemas)) this.set(relation);
  }
}

function keyOf(relation: Relation): string {
  return `${(relation.database ?? '').toLowerCase()}.${relationKey(relation)}`;
}

function schemaKey({ database, schema }: SchemaName): string {
  return `${database ?? ''}.${schema}`.toLowerCase();
}
