import type { Dialect, IndexSpec } from '../dialects/dialect.ts';
import { StrataError } from '../errors.ts';
import { isMapping } from '../manifest/json.ts';
import type { Node } from '../manifest/node.ts';
import type { Relation } from '../manifest/relation.ts';
import type { ResultTable } from '../manifest/results.ts';
import { placeOf } from './config.ts';
import { ask, execute, type Job, type Steps } from './step.ts';
import { isTemporaryName, nameIndex } from './temporary-name.ts';

/** Makes the indexes of a table's `indexes` setting; warehouses without indexes leave it out, as dbt does. */
export function* createIndexes(job: Job, dialect: Dialect, relation: Relation): Steps<void> {
  if (!dialect.supportsIndexes) return;
  for (const index of readIndexes(job.node, dialect)) yield* createIndex({ job, dialect, relation }, index);
}

/**
 * Gives a table that was kept the indexes its setting names now. Those of others stay: only what carries a name that
 * Strata gives is dropped.
 */
export function* matchIndexes(job: Job, dialect: Dialect): Steps<void> {
  const listing = dialect.listIndexes(job.target);
  if (listing === null) return;
  const present = readPresent(yield* ask({ kind: 'query', sql: listing }));
  const wanted = readIndexes(job.node, dialect);
  for (const { name = '', ...index } of present) {
    const isStale = isTemporaryName(name) && !wanted.some((spec) => isSameIndex(spec, index));
    if (isStale) yield* execute(dialect.dropIndex(job.target, name));
  }
  for (const index of wanted) {
    if (present.some((spec) => isSameIndex(spec, index))) continue;
    yield* createIndex({ job, dialect, relation: job.target }, index);
  }
}

interface Place {
  readonly job: Job;
  readonly dialect: Dialect;
  readonly relation: Relation;
}

function* createIndex({ job, dialect, relation }: Place, index: IndexSpec): Steps<void> {
  const name = nameIndex(job.target, index, { invocationId: job.invocationId, dialect });
  yield* execute(dialect.createIndex(relation, { ...index, name }));
}

function isSameIndex(a: IndexSpec, b: IndexSpec): boolean {
  const method = ({ method: name }: IndexSpec) => (name ?? 'btree').toLowerCase();
  return a.unique === b.unique && method(a) === method(b) && a.columns.join('\n') === b.columns.join('\n');
}

function readPresent({ rows }: ResultTable): readonly IndexSpec[] {
  return rows.map(([name, unique, method, columns]) => ({
    name: String(name),
    unique: unique === true,
    method: String(method),
    columns: JSON.parse(String(columns)),
  }));
}

/** The `indexes` setting: a list of `{columns, unique, type}`; columns may stand in quotes. */
export function readIndexes(node: Node, dialect: Dialect): readonly IndexSpec[] {
  const value = node.config['indexes'];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw invalid(node);
  return value.map((item: unknown) => {
    if (!isMapping(item)) throw invalid(node);
    const { columns, unique, type } = item;
    const list: unknown = typeof columns === 'string' ? [columns] : columns;
    if (!isTextList(list) || list.length === 0) throw invalid(node);
    const names = list.map((name) => dialect.unquote(name) ?? name);
    return { columns: names, unique: unique === true, method: typeof type === 'string' ? type : null };
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
