import type { Dependent, Dialect } from '../dialects/dialect.ts';
import type { Relation, RelationType } from '../manifest/relation.ts';
import { readMapping } from './config.ts';
import { ask, execute, type Job, type Steps } from './step.ts';

/** What hangs on the published relation and would be lost with it; comments count unless the run writes its own. */
export function* listAttached(job: Job, dialect: Dialect, successor: Relation): Steps<readonly Dependent[]> {
  if (!dialect.supportsBoundViews) return [];
  const found = yield* ask({ kind: 'dependents', relation: job.target, successor });
  const written = readMapping(job.node, 'persist_docs');
  return found.filter(
    ({ type, columns }) => type !== 'comment' || written[columns.length === 0 ? 'relation' : 'columns'] !== true,
  );
}

/** Whether something can be given to the relation that takes the place of the old one. */
export function isCarried({ type, definition }: Dependent): boolean {
  return type === 'grant' || type === 'comment' || (type === 'setting' && definition !== '');
}

/** Whether something needs one of these columns as it is. Rights and comments go with a column and need none. */
export function needsAny({ type, columns }: Dependent, names: readonly string[]): boolean {
  return type !== 'grant' && type !== 'comment' && names.some((name) => columns.includes(name));
}

/** A relation made anew. */
export interface Heir {
  readonly relation: Relation;
  readonly type: RelationType;
}

/** Gives the relation the rights, comments and options the old one had, as far as it has the columns. */
export function* carryOver(attached: readonly Dependent[], heir: Heir, dialect: Dialect): Steps<void> {
  const carried = attached.filter(isCarried);
  const needsColumns = carried.some(({ columns }) => columns.length > 0);
  const described = needsColumns ? yield* ask({ kind: 'describe', relation: heir.relation }) : [];
  const names = described.map(({ name }) => name);
  for (const dependent of carried) {
    if (dependent.columns.every((column) => names.includes(column))) {
      for (const sql of renderCarried(dependent, heir, dialect)) yield* execute(sql);
    }
  }
}

function renderCarried({ type, columns, definition }: Dependent, heir: Heir, dialect: Dialect): readonly string[] {
  const [column] = columns;
  if (type !== 'comment') return [definition];
  if (column === undefined) return [dialect.comment(heir.relation, heir.type, definition)];
  return dialect.commentColumns(heir.relation, [{ column, text: definition }], heir.type);
}

/** How an error names what stands in the way. */
export function describeDependent({ type, schema, identifier, owner }: Dependent): string {
  switch (type) {
    case 'foreign_key':
    case 'object':
    case 'setting':
    case 'grant':
    case 'comment':
      return identifier;
    default:
      return `${type} ${schema}.${identifier} (owner ${owner})`;
  }
}
