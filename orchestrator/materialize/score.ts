import type { Dialect } from '../dialects/dialect.ts';
import { publish } from './publish.ts';
import { ask, type Job, type Published, type Steps } from './step.ts';
import { buildTable } from './table.ts';

/**
 * A table of scores. The model is fitted before the transaction opens, since fitting takes long and changes nothing;
 * its entry in the registry and the scores are then published together.
 */
export function* materializeScore(job: Job, dialect: Dialect): Steps<Published> {
  const { sql, statements } = yield* ask({ kind: 'score' });
  const scored = { ...job, sql };
  return yield* publish(scored, dialect, { ...buildTable(scored, dialect), statements });
}
