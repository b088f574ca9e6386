import type { LogicalType } from './dialect.ts';
import { isSameSpelling, isWider, type TypeSystem } from './type-spelling.ts';

const typeNames: Readonly<Record<LogicalType, string>> = {
  boolean: 'bool',
  integer: 'int64',
  bigint: 'int64',
  float: 'float64',
  numeric: 'numeric(28,6)',
  string: 'string',
  date: 'date',
  timestamp: 'timestamp',
  json: 'json',
};

/** BigQuery has one integer, one float and one text type; other warehouses' names for them mean these. */
const typeSystem: TypeSystem = {
  aliases: new Map([
    ...['int64', 'integer', 'int', 'smallint', 'bigint', 'tinyint', 'byteint', 'int2', 'int4', 'int8'].map(
      (name) => [name, 'int64'] as const,
    ),
    ...['float64', 'float', 'double', 'double precision', 'real', 'float4', 'float8'].map(
      (name) => [name, 'float64'] as const,
    ),
    ...['string', 'varchar', 'text', 'char', 'character varying', 'character'].map((name) => [name, 'string'] as const),
    ['bool', 'bool'],
    ['boolean', 'bool'],
    ['numeric', 'decimal'],
    ['bignumeric', 'bigdecimal'],
    ['timestamptz', 'timestamp'],
    ['timestamp with time zone', 'timestamp'],
    ['timestamp without time zone', 'timestamp'],
    ['bytea', 'bytes'],
    ['blob', 'bytes'],
    ['jsonb', 'json'],
    ['record', 'struct'],
  ]),
  integerDigits: new Map([['int64', 19]]),
  hasUnboundedDecimal: true,
};

/** What BigQuery calls a type that every warehouse has. */
export function nameBigQueryType(type: LogicalType): string {
  return typeNames[type];
}

/** Whether two spellings name one type. */
export function isSameBigQueryType(a: string, b: string): boolean {
  return isSameSpelling(a, b, typeSystem);
}

/** Whether a column can be altered from one type to the other without losing a value. */
export function canWidenBigQueryType(from: string, to: string): boolean {
  if (isSameSpelling(from, 'date', typeSystem)) return false;
  if (isSameSpelling(from, 'numeric', typeSystem) && isSameSpelling(to, 'bignumeric', typeSystem)) return true;
  return isWider(from, to, typeSystem);
}

/**
 * A type as BigQuery spells it. Contracts and seeds of a portable project write `varchar` or `double precision`, which
 * BigQuery does not know; lengths of texts are left out, since they are a limit of storage elsewhere.
 */
export function spellBigQueryType(spelling: string): string {
  const base = spelling.trim().toLowerCase().replace(/\s+/g, ' ');
  const plain = base.replace(/^(char|varchar|character varying|character|text)\s*\([^)]*\)$/, '$1');
  const known = typeSystem.aliases.get(plain);
  const isForeign = known !== undefined && known !== 'decimal' && known !== 'bigdecimal' && known !== 'struct';
  return isForeign ? known : spelling.trim();
}
