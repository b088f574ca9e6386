/** An ephemeral model as a common table expression. */
export interface InjectedCte {
  /** `__dbt__cte__<model>` */
  readonly name: string;
  readonly sql: string;
}

/**
 * Puts the queries of ephemeral models in front of a statement as CTEs, before the statement's own `with` list where
 * it has one.
 */
export function injectCtes(sql: string, ctes: readonly InjectedCte[]): string {
  if (ctes.length === 0) return sql;
  const list = ctes.map(({ name, sql: query }) => `${name} as (\n${query}\n)`).join(', ');
  const own = findLeadingWith(sql);
  if (own === undefined) return `with ${list}\n${sql}`;
  const recursive = own.recursive ? 'recursive ' : '';
  return `${sql.slice(0, own.start)}with ${recursive}${list}, ${sql.slice(own.end)}`;
}

interface LeadingWith {
  readonly start: number;
  /** Where the first CTE's name begins. */
  readonly end: number;
  readonly recursive: boolean;
}

/** The `with [recursive]` a statement begins with, after white space and comments. */
function findLeadingWith(sql: string): LeadingWith | undefined {
  const start = skipBlank(sql, 0);
  const keyword = /with\b/iy;
  keyword.lastIndex = start;
  if (!keyword.test(sql)) return undefined;
  const afterWith = skipBlank(sql, keyword.lastIndex);
  const recursive = /recursive\b/iy;
  recursive.lastIndex = afterWith;
  if (!recursive.test(sql)) return { start, end: afterWith, recursive: false };
  return { start, end: skipBlank(sql, recursive.lastIndex), recursive: true };
}

function skipBlank(sql: string, from: number): number {
  const blank = /(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/y;
  blank.lastIndex = from;
  blank.test(sql);
  return blank.lastIndex;
}
