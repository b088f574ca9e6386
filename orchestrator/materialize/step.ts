import type { Dependent, Dialect } from '../dialects/dialect.ts';
import type { Node } from '../manifest/node.ts';
import type { Column, ExistingRelation, Relation, RelationType } from '../manifest/relation.ts';
import type { ResultTable, StatementResponse } from '../manifest/results.ts';

/**
 * What a materialization asks of its driver, one step at a time. Materializations are generators: they decide, the
 * driver in run/ awaits. When a step fails the driver rolls the open transaction back and throws the error into the
 * generator, which may still clean up.
 */
export type Step =
  | { readonly kind: 'begin' }
  | { readonly kind: 'commit' }
  | { readonly kind: 'execute'; readonly sql: string }
  | { readonly kind: 'describe'; readonly relation: Relation }
  | { readonly kind: 'describe-query'; readonly sql: string }
  /** Runs a query of the catalog. */
  | { readonly kind: 'query'; readonly sql: string }
  /** Asks what hangs on a relation; `successor` is what would take its place. */
  | { readonly kind: 'dependents'; readonly relation: Relation; readonly successor?: Relation }
  /** Asks whether a view is one of this project's own, and for its query as the project has it now. */
  | { readonly kind: 'own-view'; readonly relation: Relation }
  /** Loads the rows of the seed being materialized. */
  | { readonly kind: 'load-seed'; readonly relation: Relation; readonly columns: readonly Column[] }
  /** Fits or looks up the model of a score node. */
  | { readonly kind: 'score' }
  /** Runs the node's hooks: those inside or outside the transaction. */
  | { readonly kind: 'hooks'; readonly when: 'pre' | 'post'; readonly transaction: boolean }
  /** Runs the tests that audit this node, reading `relation` in its place. A failure ends the generator. */
  | { readonly kind: 'audit'; readonly relation: Relation }
  /** Says that readers see the new relation already, although hooks may follow: the job must not be done twice. */
  | { readonly kind: 'published'; readonly published: Published };

/** The answer the driver sends back for each kind of step. */
export interface StepAnswers {
  readonly begin: undefined;
  readonly commit: undefined;
  readonly execute: StatementResponse;
  readonly describe: readonly Column[];
  readonly 'describe-query': readonly Column[];
  readonly query: ResultTable;
  readonly dependents: readonly Dependent[];
  readonly 'own-view': string | null;
  readonly 'load-seed': number;
  readonly score: ScoredQuery;
  readonly hooks: undefined;
  readonly audit: undefined;
  readonly published: undefined;
}

/** What scoring gives to be published: the scores as one query, and the registry's statements of the same transaction. */
export interface ScoredQuery {
  readonly sql: string;
  readonly statements: readonly string[];
}

/** What a materialization left in the warehouse. */
export interface Published {
  readonly relation: Relation;
  readonly type: RelationType;
  readonly rowsAffected: number | null;
}

/** One node to be materialized. */
export interface Job {
  readonly node: Node;
  /** The compiled query; empty for seeds. */
  readonly sql: string;
  readonly target: Relation;
  /** What stands under the target's name now. */
  readonly existing: ExistingRelation | null;
  readonly fullRefresh: boolean;
  readonly invocationId: string;
  /** Columns of a seed's file; empty for everything else. */
  readonly seedColumns: readonly Column[];
  /** Whether tests audit this node; a node without them is spared the step. */
  readonly isAudited: boolean;
}

/** A materialization at work. */
export type Steps<Result> = Generator<Step, Result, unknown>;

/** Yields a step and gives its answer with the right type. */
export function* ask<Asked extends Step>(step: Asked): Steps<StepAnswers[Asked['kind']]> {
  return (yield step) as StepAnswers[Asked['kind']];
}

/** Yields a statement and gives the rows it changed. */
export function* execute(sql: string): Steps<number | null> {
  return (yield* ask({ kind: 'execute', sql })).rowsAffected;
}

/**
 * Lets no other run write to the published table until the commit. Rows that another run inserts meanwhile are not seen
 * by our deletion, and would stand beside ours.
 */
export function* lockTable({ target }: Job, dialect: Dialect): Steps<void> {
  const sql = dialect.lockTable(target);
  if (sql !== null) yield* execute(sql);
}
