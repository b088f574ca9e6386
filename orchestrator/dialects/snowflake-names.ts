import type { Relation } from '../manifest/relation.ts';
import type { CellValue } from '../manifest/results.ts';
import { renderQuotedRelation } from './quoting.ts';

/** What Snowflake reads without quotes, and keeps in upper case. */
const plainName = /^[a-z_][a-z0-9_$]*$/i;

/**
 * The name of a column or another object as the catalog spells it. One all in lower case is how Snowflake's upper-case
 * names are written in projects.
 */
export function foldColumn(name: string): string {
  return name === name.toLowerCase() ? foldName(name) : name;
}

/** A relation as the catalog spells it: templates write names without quotes, where case means nothing. */
export function foldRelation({ database, schema, identifier }: Relation): Relation {
  return {
    database: database === null ? null : foldName(database),
    schema: foldName(schema),
    identifier: foldName(identifier),
  };
}

/** A relation's full name in quotes. */
export function renderSnowflakeRelation(relation: Relation): string {
  return renderQuotedRelation(foldRelation(relation));
}

/** A schema's full name. */
export function renderSnowflakeSchema({ database, schema }: Pick<Relation, 'database' | 'schema'>): string {
  return renderSnowflakeRelation({ database, schema, identifier: '' });
}

/** Whether a relation has a name in quotes that our own statements could not say, since they fold it. */
export function isUnsayable(relationName: string): boolean {
  const quoted = relationName.match(/"(?:[^"]|"")*"/g) ?? [];
  return quoted.some((name) => foldName(name.slice(1, -1)) !== name.slice(1, -1));
}

/** A text as a literal: Snowflake reads backslashes in it as escapes. */
export function quoteSnowflakeText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/**
 * A value as a literal. A fraction is a double on every warehouse; Snowflake would take its digits for a decimal, whose
 * products lose places.
 */
export function renderSnowflakeValue(value: CellValue): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return quoteSnowflakeText(value);
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return String(value);
  return `cast('${renderDouble(value)}' as float)`;
}

function renderDouble(value: number): string {
  if (Number.isFinite(value) || Number.isNaN(value)) return String(value);
  return value > 0 ? 'inf' : '-inf';
}

function foldName(name: string): string {
  return plainName.test(name) ? name.toUpperCase() : name;
}
