import type { RenderedComment } from '../compile/query-comment.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Node, SourceNode } from '../manifest/node.ts';
import type { Relation } from '../manifest/relation.ts';
import type { Request } from '../render/requests.ts';

/** A node's query, ready for the warehouse. */
export interface CompiledQuery {
  readonly sql: string;
}

/** Where ref() of a node leads while it is audited under a temporary name. Keys are unique ids. */
export type RelationOverrides = ReadonlyMap<string, Relation>;

/** Turns templates into SQL for one invocation. What it yields is answered from the warehouse. */
export interface NodeCompiler {
  compileNode(node: Node, overrides: RelationOverrides): Generator<Request, CompiledQuery, unknown>;
  /** A hook's template in the context of its node; `extra` are names for this text only. */
  compileHook(
    node: Node,
    template: string,
    extra?: Readonly<Record<string, unknown>>,
  ): Generator<Request, string, unknown>;
  /** The comment that a node's statements carry, null where the project asks for none. */
  queryComment(node: Node): RenderedComment | null;
  /** A dialect's expression for the file behind a source; null where the source is a table. */
  fileExpression(source: SourceNode, dialect: Dialect): string | null;
  /** From now on these sources are read from other relations: the landing tables of their files. */
  readFrom(relations: RelationOverrides): void;
  /** The as_of_date that the project or its user has set. */
  readonly asOf: string | null;
  /** The target's own schema: tables of the engine, such as the registry of models, stand there. */
  readonly targetSchema: Pick<Relation, 'database' | 'schema'>;
  /**
   * Settles `as_of_date` where the project leaves it to its own macro; null where it does not, or has no such macro.
   * Called once, before the first node that is not a seed is compiled.
   */
  readonly resolveAsOf: (() => Generator<Request, string | null, unknown>) | null;
}
