import type { Dependent } from '../dialects/dialect.ts';
import type { Column, Relation, RelationType } from '../manifest/relation.ts';
import type { StatementResponse } from '../manifest/results.ts';

/**
 * What a materialization asks of its driver, one step at a time. Materializations are generators: they decide, the
 * driver in run/ awaits. When a step fails the driver rolls the open transaction back and throws into the generator.
 */
export type Step =
  | { readonly kind: 'begin' }
  | { readonly kind: 'commit' }
  | { readonly kind: 'execute'; readonly sql: string }
  | { readonly kind: 'describe'; readonly relation: Relation }
  | { readonly kind: 'describe-query'; readonly sql: string }
  | { readonly kind: 'dependents'; readonly relation: Relation }
  /** Loads the rows of the seed being materialized. */
  | { readonly kind: 'load-seed'; readonly relation: Relation; readonly columns: readonly Column[] }
  /** Runs the node's hooks: those inside or outside the transaction. */
  | { readonly kind: 'hooks'; readonly when: 'pre' | 'post'; readonly transaction: boolean }
  /** Runs the tests that audit this node, reading `relation` in its place. Throws `audit-failed` into the generator. */
  | { readonly kind: 'audit'; readonly relation: Relation };

/** The answer the driver sends back for each kind of step. */
export interface StepAnswers {
  readonly begin: undefined;
  readonly commit: undefined;
  readonly execute: StatementResponse;
  readonly describe: readonly Column[];
  readonly 'describe-query': readonly Column[];
  readonly dependents: readonly Dependent[];
  readonly 'load-seed': number;
  readonly hooks: undefined;
  readonly audit: undefined;
}

/** What a materialization left in the warehouse. */
export interface Published {
  readonly relation: Relation;
  readonly type: RelationType;
  readonly rowsAffected: number | null;
}
