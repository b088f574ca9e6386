import type { Column } from '../manifest/relation.ts';

/** What every scored table is made of beside its model. */
export interface ScoredTable {
  /** The rows to score. */
  readonly sql: string;
  readonly key: readonly Column[];
  readonly asOf: string;
  /** Why the rows have no score, or an older model's; null where the new model scored them. */
  readonly reason: string | null;
}
