import type { ColumnText, Dialect } from '../dialects/dialect.ts';
import type { Node } from '../manifest/node.ts';
import type { Column, RelationType } from '../manifest/relation.ts';
import { readMapping } from './config.ts';
import { ask, execute, type Job, type Steps } from './step.ts';

/** What `persist_docs` asks for: descriptions kept as comments in the warehouse. */
export function* persistDocs(job: Job, dialect: Dialect, type: RelationType): Steps<void> {
  const { node, target } = job;
  if (readMapping(node, 'persist_docs')['relation'] === true && node.description !== '') {
    yield* execute(dialect.comment(target, type, node.description));
  }
  const comesWithIt = type === 'view' && !dialect.supportsViewColumnComments;
  if (comesWithIt || !describesColumns(node)) return;
  const actual = yield* ask({ kind: 'describe', relation: target });
  const texts = matchTexts(node, actual).filter(({ text }) => text !== '');
  for (const sql of dialect.commentColumns(target, texts, type)) yield* execute(sql);
}

/** All columns of a view with their descriptions, where the warehouse takes them only as the view is made. */
export function* describeView(job: Job, dialect: Dialect): Steps<readonly ColumnText[]> {
  if (dialect.supportsViewColumnComments || !describesColumns(job.node)) return [];
  return matchTexts(job.node, yield* ask({ kind: 'describe-query', sql: job.sql }));
}

function describesColumns(node: Node): boolean {
  const isWanted = readMapping(node, 'persist_docs')['columns'] === true;
  return isWanted && Object.values(node.columns).some(({ description }) => description !== '');
}

/** As in dbt, a description of a column that is not there is no mistake of the run. */
function matchTexts({ columns }: Node, actual: readonly Column[]): readonly ColumnText[] {
  const texts = new Map<string, string>();
  for (const { name, description } of Object.values(columns)) {
    const found = actual.find((one) => one.name === name) ?? actual.find((one) => isSameName(one.name, name));
    if (found !== undefined && description !== '') texts.set(found.name, description);
  }
  return actual.map(({ name }) => ({ column: name, text: texts.get(name) ?? '' }));
}

function isSameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.replace(/^"(.*)"$/, '$1').toLowerCase();
}
