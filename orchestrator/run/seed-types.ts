import type { LogicalType } from '../dialects/dialect.ts';
import type { CellValue } from '../manifest/results.ts';

// The types dbt infers for a seed's columns, tried in its order: number, date, timestamp, boolean, text. "" and "null"
// are null in all of them. Where dbt says integer and a value needs more than 32 bits, the column is a bigint here.

export type SeedType = Extract<
  LogicalType,
  'integer' | 'bigint' | 'float' | 'date' | 'timestamp' | 'boolean' | 'string'
>;

interface Reader {
  readonly accepts: (text: string) => boolean;
  readonly type: (texts: readonly string[]) => SeedType;
}

const currencies = '؋$ƒ៛¥₡₱£€¢﷼₪₩₭₮₦฿₤₫';
const currencyEnds = new RegExp(`^[${currencies}]+|[${currencies}]+$`, 'g');
const oddCharacters = new RegExp(`[%,_${currencies}]`);
const decimalPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const datePattern = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const spacedPattern = /^(\d{4})-(\d{1,2})-(\d{1,2}) (\d{1,2}):(\d{1,2}):(\d{1,2})$/;
const openPattern =
  /^(\d{4})-(\d{1,2})-(\d{1,2})[ T](\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d+))?)? ?(Z|[+-]\d{2}(?::?\d{2})?)?$/;
const isoPattern =
  /^(\d{4})-?(\d{2})-?(\d{2})T(\d{2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d+))?)?)?(Z|[+-]\d{2}(?::?\d{2})?)?$/;

/** What may stand in a column declared boolean; only `true` and `false` make a column one. */
const booleanWords = new Map([
  ...['true', 't', 'yes', 'y', '1'].map((word): [string, boolean] => [word, true]),
  ...['false', 'f', 'no', 'n', '0'].map((word): [string, boolean] => [word, false]),
]);

const readers: readonly Reader[] = [
  { accepts: (text) => normalizeNumber(text) !== null, type: numberType },
  { accepts: (text) => readDate(text) !== null, type: () => 'date' },
  { accepts: (text) => readTimestamp(text, spacedPattern) !== null, type: () => 'timestamp' },
  { accepts: (text) => readTimestamp(text, isoPattern) !== null, type: () => 'timestamp' },
  { accepts: (text) => /^(?:true|false)$/i.test(text), type: () => 'boolean' },
];

/** Whether a value of a seed stands for null. */
export function isSeedNull(text: string): boolean {
  const trimmed = text.trim();
  return trimmed === '' || (trimmed.length === 4 && trimmed.toLowerCase() === 'null');
}

/** The type of a column from all its values; a column without any value is an integer, as in dbt. */
export function inferSeedType(values: Iterable<string>): SeedType {
  const texts: string[] = [];
  for (const value of values) if (!isSeedNull(value)) texts.push(value.trim());
  const reader = readers.find(({ accepts }) => texts.every(accepts));
  return reader === undefined ? 'string' : reader.type(texts);
}

/** A value of a seed as its column's type wants it; undefined when it is none of that type. */
export function readSeedValue(text: string, type: SeedType): CellValue | undefined {
  if (isSeedNull(text)) return null;
  const trimmed = text.trim();
  switch (type) {
    case 'integer':
    case 'bigint':
      return readInteger(trimmed);
    case 'float':
      return readFloat(trimmed);
    case 'date':
      return readDate(trimmed) ?? readAnyTimestamp(trimmed)?.slice(0, 10);
    case 'timestamp':
      return readAnyTimestamp(trimmed) ?? readDay(trimmed);
    case 'boolean':
      return booleanWords.get(trimmed.toLowerCase());
    case 'string':
      return text;
  }
  return type satisfies never;
}

/** What may stand in a column declared a timestamp: the forms that are inferred, and those both warehouses read. */
function readAnyTimestamp(text: string): string | undefined {
  for (const pattern of [spacedPattern, isoPattern, openPattern]) {
    const found = readTimestamp(text, pattern);
    if (found !== null) return found;
  }
  return undefined;
}

function readDay(text: string): string | undefined {
  const day = readDate(text);
  return day === null ? undefined : `${day} 00:00:00`;
}

function readInteger(text: string): number | bigint | undefined {
  const plain = normalizeNumber(text);
  if (plain === null) return undefined;
  if (/^[+-]?\d+(?:\.0*)?$/.test(plain)) {
    const digits = plain.replace(/^\+/, '').replace(/\..*$/, '');
    const value = Number(digits);
    return Number.isSafeInteger(value) ? value + 0 : BigInt(digits);
  }
  const value = Number(plain);
  return Number.isInteger(value) ? value + 0 : undefined;
}

function readFloat(text: string): CellValue | undefined {
  const plain = normalizeNumber(text);
  return plain === null ? undefined : Number(plain);
}

/** dbt's reader takes grouped numbers, money and percents for numbers; a minus may stand before them. */
function normalizeNumber(text: string): string | null {
  if (decimalPattern.test(text)) return text;
  if (!oddCharacters.test(text)) return null;
  const unsigned = text.replace(/^%+|%+$/g, '');
  const negative = unsigned.startsWith('-');
  const bare = (negative ? unsigned.slice(1) : unsigned).replace(currencyEnds, '').replace(/[,_]/g, '');
  return decimalPattern.test(bare) ? `${negative ? '-' : ''}${bare}` : null;
}

const largestInteger = 2147483647;

function numberType(texts: readonly string[]): SeedType {
  let type: SeedType = 'integer';
  for (const text of texts) {
    const value = readInteger(text);
    if (value === undefined) return 'float';
    if (value > largestInteger || value < -largestInteger - 1) type = 'bigint';
  }
  return type;
}

function readDate(text: string): string | null {
  const match = datePattern.exec(text);
  return match === null ? null : renderDate(match);
}

function renderDate(match: RegExpExecArray): string | null {
  const [year, month, day] = [match[1], match[2], match[3]].map(Number);
  if (year === undefined || month === undefined || day === undefined) return null;
  const isReal = year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return isReal ? `${match[1]}-${pad(month)}-${pad(day)}` : null;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** `2024-01-31 12:00:00` is what most files hold, and is as it should be: taking it apart would double the time. */
function isPlainTimestamp(text: string): boolean {
  if (text.length !== 19 || text.charAt(4) !== '-' || text.charAt(10) !== ' ') return false;
  if (text.charAt(7) !== '-' || text.charAt(13) !== ':' || text.charAt(16) !== ':') return false;
  const [year, month, day] = [readDigits(text, 0, 4), readDigits(text, 5, 7), readDigits(text, 8, 10)];
  if (!(year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month))) return false;
  return readDigits(text, 11, 13) < 24 && readDigits(text, 14, 16) < 60 && readDigits(text, 17, 19) < 60;
}

/** The number that some characters write; NaN where one is no digit. */
function readDigits(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** A timestamp without zone; one with an offset is moved to UTC. */
function readTimestamp(text: string, pattern: RegExp): string | null {
  if (pattern === spacedPattern && isPlainTimestamp(text)) return text;
  const match = pattern.exec(text);
  const date = match === null ? null : renderDate(match);
  if (match === null || date === null) return null;
  const [hour, minute, second] = [match[4], match[5], match[6]].map((part) => Number(part ?? 0));
  if (hour === undefined || minute === undefined || second === undefined) return null;
  if (hour > 23 || minute > 59 || second > 59) return null;
  const fraction = match[7] === undefined ? '' : `.${match[7].slice(0, 6)}`;
  const local = `${date} ${pad(hour)}:${pad(minute)}:${pad(second)}`;
  return `${moveToUtc(local, match[8])}${fraction}`;
}

function moveToUtc(local: string, zone: string | undefined): string {
  if (zone === undefined || zone === 'Z') return local;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', '') || 0);
  const offset = zone.startsWith('-') ? -minutes : minutes;
  const moved = new Date(Date.parse(`${local.replace(' ', 'T')}Z`) - offset * 60_000);
  return moved.toISOString().slice(0, 19).replace('T', ' ');
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
