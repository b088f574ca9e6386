import type { Dialect } from '../dialects/dialect.ts';
import type { Column } from '../manifest/relation.ts';

/** How the columns of a relation change. */
export interface ColumnChanges {
  readonly added: readonly Column[];
  readonly removed: readonly Column[];
  readonly retyped: readonly { readonly before: Column; readonly after: Column }[];
}

/** Whether two spellings of a type mean one. */
export type SameType = (a: string, b: string) => boolean;

/** Both columns come from the catalog, which spells a type in one way only; a length counts. */
export const sameSpelling: SameType = (a, b) => a.toLowerCase() === b.toLowerCase();

/** Compares columns by name without case, and by type. */
export function compareColumns(
  before: readonly Column[],
  after: readonly Column[],
  isSameType: SameType,
): ColumnChanges {
  const old = indexColumns(before);
  const fresh = indexColumns(after);
  const retyped = after.flatMap((column) => {
    const former = old.get(column.name.toLowerCase());
    const differs = former !== undefined && !isSameType(former.type, column.type);
    return differs ? [{ before: former, after: column }] : [];
  });
  return {
    added: after.filter((column) => !old.has(column.name.toLowerCase())),
    removed: before.filter((column) => !fresh.has(column.name.toLowerCase())),
    retyped,
  };
}

/** Whether a view can be replaced by one with these columns: warehouses only let it gain columns at the end. */
export function extendsColumns(before: readonly Column[], after: readonly Column[]): boolean {
  return before.every((column, at) => {
    const other = after[at];
    return other !== undefined && other.name === column.name && sameSpelling(other.type, column.type);
  });
}

/**
 * The column that a setting names, in quotes or without, as the catalog spells it: the one of exactly this name, else
 * one of it in another case. A name that is not there stays as it is, for the warehouse to refuse.
 */
export function findColumn(written: string, columns: readonly string[], dialect: Dialect): string {
  const name = dialect.unquote(written) ?? dialect.columnName(written);
  if (columns.includes(name)) return name;
  return columns.find((column) => column.toLowerCase() === name.toLowerCase()) ?? name;
}

/** Columns by their name in lower case. */
export function indexColumns(columns: readonly Column[]): ReadonlyMap<string, Column> {
  return new Map(columns.map((column) => [column.name.toLowerCase(), column]));
}
