import type { Dialect, IndexSpec } from '../dialects/dialect.ts';
import { StrataError } from '../errors.ts';
import type { Node } from '../manifest/node.ts';
import type { Relation } from '../manifest/relation.ts';
import { isMapping, placeOf } from './config.ts';
import { execute, type Job, type Steps } from './step.ts';

/** Makes the indexes of a table's `indexes` setting; warehouses without indexes leave it out, as dbt does. */
export function* createIndexes(job: Job, dialect: Dialect, relation: Relation): Steps<void> {
  if (!dialect.supportsIndexes) return;
  for (const index of readIndexes(job.node)) yield* execute(dialect.createIndex(relation, index));
}

/** The `indexes` setting: a list of `{columns, unique, type}`. */
export function readIndexes(node: Node): readonly IndexSpec[] {
  const value = node.config['indexes'];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw invalid(node);
  return value.map((item: unknown) => {
    if (!isMapping(item)) throw invalid(node);
    const { columns, unique, type } = item;
    const list: unknown = typeof columns === 'string' ? [columns] : columns;
    if (!isTextList(list) || list.length === 0) throw invalid(node);
    return { columns: list, unique: unique === true, method: typeof type === 'string' ? type : null };
  });
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function invalid(node: Node): StrataError {
  return new StrataError(
    'config-invalid',
    `${node.name}: config indexes must be a list of mappings with columns, unique and type.`,
    placeOf(node),
    { hint: 'For instance: indexes: [{columns: [account_id], unique: true}].' },
  );
}
