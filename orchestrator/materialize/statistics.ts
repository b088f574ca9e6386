import type { Dialect } from '../dialects/dialect.ts';
import type { Relation } from '../manifest/relation.ts';
import { execute, type Steps } from './step.ts';

/** Smaller tables are read whole by any plan. */
const worthwhileRows = 1000;

/**
 * Lets the planner know a table that was just filled: what reads it later in the same run would be planned by guesses,
 * since the warehouse looks at new tables only now and then.
 */
export function* refreshStatistics(relation: Relation, rows: number | null, dialect: Dialect): Steps<void> {
  const sql = rows !== null && rows >= worthwhileRows ? dialect.analyze(relation) : null;
  if (sql !== null) yield* execute(sql);
}
