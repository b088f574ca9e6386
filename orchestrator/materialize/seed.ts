import type { Dialect } from '../dialects/dialect.ts';
import { createIndexes } from './indexes.ts';
import { publish } from './publish.ts';
import { ask, execute, type Job, type Published, type Steps } from './step.ts';

/** A table loaded from a CSV file: loaded aside and swapped in like any other table. */
export function materializeSeed(job: Job, dialect: Dialect): Steps<Published> {
  return publish(job, dialect, {
    type: 'table',
    isOneStatement: false,
    *create(relation, orReplace) {
      yield* execute(dialect.createTable(relation, job.seedColumns, { node: job.node, orReplace }));
      return yield* ask({ kind: 'load-seed', relation, columns: job.seedColumns });
    },
    decorate: (relation) => createIndexes(job, dialect, relation),
  });
}
