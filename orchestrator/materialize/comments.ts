import type { Dialect } from '../dialects/dialect.ts';
import type { RelationType } from '../manifest/relation.ts';
import { readMapping } from './config.ts';
import { ask, execute, type Job, type Steps } from './step.ts';

/** What `persist_docs` asks for: descriptions kept as comments in the warehouse. */
export function* persistDocs(job: Job, dialect: Dialect, type: RelationType): Steps<void> {
  const { node, target } = job;
  const wanted = readMapping(node, 'persist_docs');
  if (wanted['relation'] === true && node.description !== '') {
    yield* execute(dialect.comment(target, type, node.description));
  }
  const described = Object.values(node.columns).filter((column) => column.description !== '');
  if (wanted['columns'] !== true || described.length === 0) return;
  const actual = yield* ask({ kind: 'describe', relation: target });
  for (const { name, description } of described) {
    // As in dbt, a description of a column that is not there is no mistake of the run.
    const column = actual.find((one) => one.name === name) ?? actual.find((one) => isSameName(one.name, name));
    if (column !== undefined) yield* execute(dialect.commentColumn(target, column.name, description, type));
  }
}

function isSameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.replace(/^"(.*)"$/, '$1').toLowerCase();
}
