import type { Dialect } from '../dialects/dialect.ts';
import type { Relation } from '../manifest/relation.ts';
import type { Build } from './build.ts';
import { readFlag } from './config.ts';
import { checkContract, tableConstraints } from './contract.ts';
import { createIndexes, readIndexes } from './indexes.ts';
import { publish } from './publish.ts';
import { putHeader } from './sql-header.ts';
import { execute, type Job, type Published, type Steps } from './step.ts';

/** A table made anew from its query on every run. */
export function materializeTable(job: Job, dialect: Dialect): Steps<Published> {
  return publish(job, dialect, buildTable(job, dialect));
}

/** How a table is made from the job's query: with the contract's columns where there is one, and its indexes. */
export function buildTable(job: Job, dialect: Dialect): Build {
  return {
    type: 'table',
    isOneStatement:
      !job.node.contract.enforced && !(dialect.supportsIndexes && readIndexes(job.node, dialect).length > 0),
    create: (relation, orReplace) => createFromQuery(job, dialect, relation, orReplace),
    decorate: (relation) => createIndexes(job, dialect, relation),
  };
}

function* createFromQuery(job: Job, dialect: Dialect, relation: Relation, orReplace: boolean): Steps<number | null> {
  const columns = yield* checkContract(job, dialect);
  const options = { node: job.node, orReplace, unlogged: readFlag(job.node, 'unlogged', false) };
  if (columns === undefined)
    return yield* execute(putHeader(dialect.createTableAs(relation, job.sql, options), job, dialect));
  const constraints = tableConstraints(job.node, dialect);
  yield* execute(dialect.createTable(relation, columns, { ...options, columns, constraints }));
  const names = columns.map((column) => column.name);
  return yield* execute(putHeader(dialect.insertSelect(relation, names, job.sql), job, dialect));
}
