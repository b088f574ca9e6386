import type { LogicalType } from './dialect.ts';
import { isSameSpelling, isWider, type TypeSystem } from './type-spelling.ts';

/** What Snowflake calls the types every warehouse has. Its one integer type is a decimal without places. */
export const snowflakeTypeNames: Readonly<Record<LogicalType, string>> = {
  boolean: 'boolean',
  integer: 'integer',
  bigint: 'bigint',
  float: 'float',
  numeric: 'number(28,6)',
  string: 'varchar',
  date: 'date',
  timestamp: 'timestamp_ntz',
  json: 'variant',
};

const typeSystem: TypeSystem = {
  aliases: new Map([
    ['numeric', 'decimal'],
    ['number', 'decimal'],
    ['dec', 'decimal'],
    ['fixed', 'decimal'],
    ['double', 'float'],
    ['double precision', 'float'],
    ['real', 'float'],
    ['float4', 'float'],
    ['float8', 'float'],
    ['varchar', 'text'],
    ['string', 'text'],
    ['nvarchar', 'text'],
    ['nvarchar2', 'text'],
    ['char varying', 'text'],
    ['nchar varying', 'text'],
    ['char', 'character'],
    ['nchar', 'character'],
    ['varbinary', 'binary'],
    ['datetime', 'timestamp'],
    ['timestamp_ntz', 'timestamp'],
    ['timestampntz', 'timestamp'],
    ['timestamp without time zone', 'timestamp'],
    ['timestampltz', 'timestamp_ltz'],
    ['timestamp with local time zone', 'timestamp_ltz'],
    ['timestamptz', 'timestamp_tz'],
    ['timestamp with time zone', 'timestamp_tz'],
  ]),
  integerDigits: new Map(),
  hasUnboundedDecimal: false,
};

const integerWord = /^(?:int|integer|bigint|smallint|tinyint|byteint|number|decimal|numeric)$/;
const wholeDecimal = /^(?:number|decimal|numeric)\((\d+)(?:,0)?\)$/;

/**
 * Whether two spellings name one type. An integer is a decimal without places: counts, sums and literals differ in
 * their digits alone, and a contract that says `integer` means any of them.
 */
export function isSameSnowflakeType(a: string, b: string): boolean {
  const [left, right] = [squeeze(a), squeeze(b)];
  if (isWhole(left) && isWhole(right) && (integerWord.test(left) || integerWord.test(right))) return true;
  return isSameSpelling(left, right, typeSystem);
}

/** Whether a column can be altered from one type to the other: longer texts, or decimals with more digits before the point. */
export function canWidenSnowflake(from: string, to: string): boolean {
  const [narrow, wide] = [squeeze(from), squeeze(to)];
  if (narrow === 'date') return false;
  return isWider(narrow, wide, typeSystem) && scaleOf(narrow) === scaleOf(wide);
}

function isWhole(spelling: string): boolean {
  return integerWord.test(spelling) || wholeDecimal.test(spelling);
}

function scaleOf(spelling: string): string {
  return /,(\d+)\)$/.exec(spelling)?.[1] ?? '0';
}

function squeeze(spelling: string): string {
  return spelling
    .trim()
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/ ?([(),]) ?/g, '$1');
}
