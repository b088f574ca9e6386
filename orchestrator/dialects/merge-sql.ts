import type { MergeSpec } from './dialect.ts';
import { quoteIdentifier, quoteList, renderQuotedRelation } from './quoting.ts';

const DEST = 'DBT_INTERNAL_DEST';
const SOURCE = 'DBT_INTERNAL_SOURCE';

type MatchSpec = Pick<MergeSpec, 'target' | 'source' | 'uniqueKey' | 'predicates'>;

/** Standard MERGE: rows whose key matches are updated, the others inserted. */
export function renderMerge(spec: MergeSpec): string {
  const values = spec.columns.map((column) => `${SOURCE}.${quoteIdentifier(column)}`).join(', ');
  return [
    `merge into ${renderQuotedRelation(spec.target)} as ${DEST}`,
    `using ${renderQuotedRelation(spec.source)} as ${SOURCE}`,
    `on ${renderMatch(spec)}`,
    ...renderUpdate(spec.updateColumns),
    `when not matched then insert (${quoteList(spec.columns)})`,
    `values (${values})`,
  ].join('\n');
}

/** Deletes target rows whose key stands in source. Predicates are of the target alone, and need not name it. */
export function renderDeleteMatching(spec: MatchSpec): string {
  return [
    `delete from ${renderQuotedRelation(spec.target)} as ${DEST}`,
    `where exists (select 1 from ${renderQuotedRelation(spec.source)} as ${SOURCE}`,
    `    where ${renderMatch({ ...spec, predicates: [] })})`,
    ...spec.predicates.map((predicate) => `and (${predicate})`),
  ].join('\n');
}

/** Deletes target rows whose key does not stand in source. */
export function renderDeleteMissing(spec: Omit<MatchSpec, 'predicates'>): string {
  return [
    `delete from ${renderQuotedRelation(spec.target)} as ${DEST}`,
    `where not exists (select 1 from ${renderQuotedRelation(spec.source)} as ${SOURCE}`,
    `where ${renderMatch({ ...spec, predicates: [] })})`,
  ].join('\n');
}

/** Inserts the rows of a query by column name. */
export function renderInsertSelect(target: MergeSpec['target'], columns: readonly string[], sql: string): string {
  const list = quoteList(columns);
  return `insert into ${renderQuotedRelation(target)} (${list})\nselect ${list}\nfrom (\n${sql}\n) as model_subq`;
}

function renderMatch(spec: MatchSpec): string {
  const keys = spec.uniqueKey.map((key) => `${SOURCE}.${quoteIdentifier(key)} = ${DEST}.${quoteIdentifier(key)}`);
  return [...keys, ...spec.predicates].map((condition) => `(${condition})`).join(' and ');
}

function renderUpdate(columns: readonly string[]): string[] {
  if (columns.length === 0) return [];
  const list = columns.map((column) => `${quoteIdentifier(column)} = ${SOURCE}.${quoteIdentifier(column)}`);
  return [`when matched then update set ${list.join(', ')}`];
}
