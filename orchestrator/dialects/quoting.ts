import type { Relation } from '../manifest/relation.ts';
import type { CellValue } from '../manifest/results.ts';

/** An identifier in double quotes, as standard SQL has it. */
export function quoteIdentifier(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

/** The name inside double quotes; null where a text is not one name in quotes. */
export function unquoteIdentifier(written: string): string | null {
  const [, inside] = /^"((?:[^"]|"")+)"$/.exec(written) ?? [];
  return inside?.replaceAll('""', '"') ?? null;
}

/** Several identifiers, quoted and separated by commas. */
export function quoteList(identifiers: readonly string[]): string {
  return identifiers.map(quoteIdentifier).join(', ');
}

/** A text as a standard SQL string literal: only the quote needs doubling. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A relation's name with the parts it has. */
export function renderQuotedRelation(relation: Relation): string {
  const parts = [relation.database, relation.schema, relation.identifier];
  return parts
    .filter((part) => part !== null && part !== '')
    .map((part) => quoteIdentifier(String(part)))
    .join('.');
}

/** A value as a literal; numbers without a finite decimal form need `doubleType`. */
export function renderValue(value: CellValue, doubleType: string): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return quoteText(value);
  if (typeof value === 'number' && !Number.isFinite(value)) return `cast('${value}' as ${doubleType})`;
  return String(value);
}
