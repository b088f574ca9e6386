import type { Dialect } from '../dialects/dialect.ts';
import type { RelationType } from '../manifest/relation.ts';
import { readMapping } from './config.ts';
import type { Job } from './step.ts';

/** The statements of `persist_docs`: descriptions kept as comments in the warehouse. */
export function commentStatements(job: Job, dialect: Dialect, type: RelationType): readonly string[] {
  const { node, target } = job;
  const wanted = readMapping(node, 'persist_docs');
  const statements: string[] = [];
  if (wanted['relation'] === true && node.description !== '') {
    statements.push(dialect.comment(target, type, node.description));
  }
  if (wanted['columns'] !== true) return statements;
  for (const column of Object.values(node.columns)) {
    if (column.description !== '') statements.push(dialect.commentColumn(target, column.name, column.description));
  }
  return statements;
}
