import type { Dialect } from '../dialects/dialect.ts';
import type { Column } from '../manifest/relation.ts';

/** How the columns of a relation change. */
export interface ColumnChanges {
  readonly added: readonly Column[];
  readonly removed: readonly Column[];
  readonly retyped: readonly { readonly before: Column; readonly after: Column }[];
}

/** Compares columns by name without case, and their types as the dialect understands them. */
export function compareColumns(before: readonly Column[], after: readonly Column[], dialect: Dialect): ColumnChanges {
  const old = indexColumns(before);
  const fresh = indexColumns(after);
  const retyped = after.flatMap((column) => {
    const former = old.get(column.name.toLowerCase());
    const differs = former !== undefined && !dialect.isSameType(former.type, column.type);
    return differs ? [{ before: former, after: column }] : [];
  });
  return {
    added: after.filter((column) => !old.has(column.name.toLowerCase())),
    removed: before.filter((column) => !fresh.has(column.name.toLowerCase())),
    retyped,
  };
}

/** Whether a view can be replaced by one with these columns: warehouses only let it gain columns at the end. */
export function extendsColumns(before: readonly Column[], after: readonly Column[], dialect: Dialect): boolean {
  return before.every((column, at) => {
    const other = after[at];
    return other !== undefined && other.name === column.name && dialect.isSameType(other.type, column.type);
  });
}

/** Columns by their name in lower case. */
export function indexColumns(columns: readonly Column[]): ReadonlyMap<string, Column> {
  return new Map(columns.map((column) => [column.name.toLowerCase(), column]));
}
