import type { Relation } from '../manifest/relation.ts';
import type { CellValue } from '../manifest/results.ts';

/** An identifier in backticks; inside them a backslash escapes, as it does in strings. */
export function quoteBigQuery(identifier: string): string {
  return `\`${identifier.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
}

/** The name inside backticks; null where a text is not one name in backticks. */
export function unquoteBigQuery(written: string): string | null {
  const [, inside] = /^`((?:[^`\\]|\\.)+)`$/.exec(written) ?? [];
  return inside?.replace(/\\(.)/g, '$1') ?? null;
}

/** Several identifiers, quoted and separated by commas. */
export function quoteBigQueryList(identifiers: readonly string[]): string {
  return identifiers.map(quoteBigQuery).join(', ');
}

/** A text as a GoogleSQL string: doubled quotes would be two strings, and a line may not end inside one. */
export function quoteBigQueryText(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\0', '\\0');
  return `'${escaped}'`;
}

/** Project, dataset and table, quoted part by part: projects may hold hyphens and colons. */
export function renderBigQueryRelation({ database, schema, identifier }: Relation): string {
  return [database, schema, identifier]
    .flatMap((part) => (part === null || part === '' ? [] : [quoteBigQuery(part)]))
    .join('.');
}

/** A value as a literal of its natural type. */
export function renderBigQueryLiteral(value: CellValue): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return quoteBigQueryText(value);
  if (typeof value === 'number' && !Number.isFinite(value)) return `cast('${value}' as float64)`;
  return String(value);
}
