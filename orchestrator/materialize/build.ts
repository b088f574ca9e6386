import type { Relation } from '../manifest/relation.ts';
import type { Steps } from './step.ts';

/** How a node's new relation is made, wherever it is to stand. */
export interface Build {
  readonly type: 'table' | 'view';
  /** `create` is one statement and nothing is to be added to the relation afterwards. */
  readonly isOneStatement: boolean;
  /** Makes the relation under this name and gives the rows it has. */
  readonly create: (relation: Relation, orReplace: boolean) => Steps<number | null>;
  /** Statements that belong to the relation but need not exist while it is audited: indexes. */
  readonly decorate?: (relation: Relation) => Steps<void>;
  /** Statements of the same transaction, after the relation is made. */
  readonly statements?: readonly string[];
}
