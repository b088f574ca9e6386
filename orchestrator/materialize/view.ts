import type { Dialect } from '../dialects/dialect.ts';
import { describeView } from './comments.ts';
import { checkContract } from './contract.ts';
import { publish } from './publish.ts';
import { putHeader } from './sql-header.ts';
import { execute, type Job, type Published, type Steps } from './step.ts';

/** A view over its query. */
export function materializeView(job: Job, dialect: Dialect): Steps<Published> {
  return publish(job, dialect, {
    type: 'view',
    isOneStatement: !job.node.contract.enforced,
    *create(relation, orReplace) {
      yield* checkContract(job, dialect);
      const described = yield* describeView(job, dialect);
      const statement = dialect.createView(relation, job.sql, { node: job.node, orReplace, described });
      yield* execute(putHeader(statement, job, dialect));
      return null;
    },
  });
}
