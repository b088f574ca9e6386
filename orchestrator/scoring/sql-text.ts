import type { Dialect } from '../dialects/dialect.ts';
import type { Column } from '../manifest/relation.ts';

/**
 * A number as a literal that every warehouse reads as this very double: with an exponent it is not taken for a decimal
 * of limited precision.
 */
export function renderNumber(value: number): string {
  const text = value.toExponential();
  return value < 0 ? `(${text})` : text;
}

/** A number near the end of the range of doubles, which a warehouse would refuse as a decimal. */
export function renderExtreme(value: number, dialect: Dialect): string {
  return `cast('${value.toExponential()}' as ${dialect.typeName('float')})`;
}

/** Several lines of SQL, indented. */
export function indent(sql: string, spaces = 4): string {
  return sql.replace(/^(?=.)/gm, ' '.repeat(spaces));
}

/** Expressions of a select list, one a line. */
export function renderList(expressions: readonly string[], spaces = 8): string {
  return expressions.map((expression) => `${' '.repeat(spaces)}${expression}`).join(',\n');
}

/** A CTE of our own text; `word` may ask for it to be computed once. */
export function renderCte(name: string, sql: string, word = 'as'): string {
  return `${name} ${word} (\n${indent(sql)}\n)`;
}

/** A CTE of the user's query, whose text is left alone: it may hold literals of several lines. */
export function renderQueryCte(name: string, sql: string): string {
  return `${name} as (\n${sql}\n)`;
}

/** The query without trailing semicolons, so that it can stand in brackets. */
export function trimQuery(sql: string): string {
  return sql.replace(/[\s;]+$/, '').replace(/^\s*\n/, '');
}

/** Larger numbers measure nothing, and their cubes, summed up over rows, would leave the range of doubles. */
const largest = 1e100;

/** A numeric or boolean column as a double that is null where it is missing, NaN, infinite or beyond any measure. */
export function renderDouble(column: Column, dialect: Dialect): string {
  const name = dialect.quote(column.name);
  const double = dialect.typeName('float');
  if (dialect.isSameType(column.type, dialect.typeName('boolean'))) {
    return `cast(case when ${name} then 1 when not ${name} then 0 end as ${double})`;
  }
  const cast = `cast(${name} as ${double})`;
  if (/int/i.test(column.type)) return cast;
  return `case when abs(${cast}) <= ${renderExtreme(largest, dialect)} then ${cast} end`;
}

/** What a missing category is called; a level like any other. */
const missingLevel = '(missing)';

/** A column as text, with a word for what is missing. */
export function renderLevel(column: Column, dialect: Dialect): string {
  return `coalesce(cast(${dialect.quote(column.name)} as ${dialect.typeName('string')}), '${missingLevel}')`;
}

/** A null of the given type. */
export function renderNull(type: 'float' | 'string' | 'integer', dialect: Dialect): string {
  return `cast(null as ${dialect.typeName(type)})`;
}

/** A text literal with the type of a text column. */
export function renderTypedText(text: string | null, dialect: Dialect): string {
  return `cast(${dialect.renderLiteral(text)} as ${dialect.typeName('string')})`;
}

/** A day as a date literal. */
export function renderDate(day: string | null, dialect: Dialect): string {
  return `cast(${dialect.renderLiteral(day)} as ${dialect.typeName('date')})`;
}
