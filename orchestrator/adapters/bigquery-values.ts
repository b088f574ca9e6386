import type { TableField } from '@google-cloud/bigquery';
import type { Json } from '../manifest/json.ts';
import type { Column } from '../manifest/relation.ts';
import type { CellValue } from '../manifest/results.ts';
import type { ResultPage } from './bigquery-api.ts';
import { toSafeNumber } from './safe-number.ts';

type Reader = (text: string) => CellValue;

/** Names of types that the protocol spells in its own way. */
const typeNames: ReadonlyMap<string, string> = new Map([
  ['INTEGER', 'INT64'],
  ['FLOAT', 'FLOAT64'],
  ['BOOLEAN', 'BOOL'],
  ['RECORD', 'STRUCT'],
]);

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['BOOL', (text) => text === 'true'],
  ['INT64', readInteger],
  ['FLOAT64', readFloat],
  // The scale of its column does not travel with a decimal.
  ['NUMERIC', dropZeros],
  ['BIGNUMERIC', dropZeros],
  ['BYTES', (text) => `\\x${Buffer.from(text, 'base64').toString('hex')}`],
  ['TIMESTAMP', readTimestamp],
  ['DATETIME', (text) => dropZeros(text.replace('T', ' '))],
  ['TIME', dropZeros],
  ['INTERVAL', readInterval],
]);

/** Columns of a schema, spelled as INFORMATION_SCHEMA and DDL spell them. */
export function toColumns(fields: readonly TableField[]): Column[] {
  return fields.map((field) => ({ name: field.name ?? '', type: spellType(field) }));
}

/** The rows of a page, every value in the form that the other adapters give too. */
export function readRows(page: ResultPage, fields: readonly TableField[]): CellValue[][] {
  const toCells = fields.map(findReader);
  return (page.rows ?? []).map(({ f }) => f.map(({ v }, index) => toCells[index]?.(v) ?? null));
}

/** The rows of a page of numbers, one array per column; null becomes NaN. */
export function readNumberPage(page: ResultPage, width: number): Float64Array[] {
  const rows = page.rows ?? [];
  return Array.from({ length: width }, (_, column) => {
    const numbers = new Float64Array(rows.length);
    for (const [index, row] of rows.entries()) numbers[index] = toNumber(row.f[column]?.v);
    return numbers;
  });
}

function toNumber(value: unknown): number {
  if (value === 'true' || value === 'false') return value === 'true' ? 1 : 0;
  return typeof value === 'string' ? readFloat(value) : Number.NaN;
}

/** The type of a field without what repeats it. */
export function nameType(field: TableField): string {
  const type = (field.type ?? 'STRING').toUpperCase();
  return typeNames.get(type) ?? type;
}

function spellType(field: TableField): string {
  const scalar = nameType(field) === 'STRUCT' ? spellStruct(field) : `${nameType(field)}${spellParameters(field)}`;
  return field.mode === 'REPEATED' ? `ARRAY<${scalar}>` : scalar;
}

function spellStruct({ fields }: TableField): string {
  return `STRUCT<${(fields ?? []).map((field) => `${field.name ?? ''} ${spellType(field)}`).join(', ')}>`;
}

function spellParameters({ precision, scale, maxLength }: TableField): string {
  if (precision != null) return `(${precision}${scale == null ? '' : `, ${scale}`})`;
  return maxLength == null ? '' : `(${maxLength})`;
}

function findReader(field: TableField): (value: unknown) => CellValue {
  if (field.mode === 'REPEATED' || nameType(field) === 'STRUCT') return (value) => writeJson(toJson(value, field));
  const read = readers.get(nameType(field)) ?? keepText;
  return (value) => (value == null ? null : read(String(value)));
}

function writeJson(value: Json): CellValue {
  return value === null ? null : JSON.stringify(value);
}

/** Lists come as `[{v}]`, structs as `{f: [{v}]}`. */
function toJson(value: unknown, field: TableField): Json {
  if (value == null) return null;
  if (field.mode === 'REPEATED') {
    const element = { ...field, mode: 'NULLABLE' };
    return Array.isArray(value) ? value.map((one: unknown) => toJson(readCell(one), element)) : null;
  }
  if (nameType(field) !== 'STRUCT') {
    const cell = findReader(field)(value);
    return typeof cell === 'bigint' ? String(cell) : cell;
  }
  const cells = typeof value === 'object' && 'f' in value && Array.isArray(value.f) ? value.f : [];
  return Object.fromEntries((field.fields ?? []).map((part, i) => [part.name ?? '', toJson(readCell(cells[i]), part)]));
}

function readCell(cell: unknown): unknown {
  return typeof cell === 'object' && cell !== null && 'v' in cell ? cell.v : null;
}

function keepText(text: string): string {
  return text;
}

function readInteger(text: string): CellValue {
  return text.length < 16 ? Number(text) : toSafeNumber(BigInt(text));
}

function readFloat(text: string): number {
  const value = Number(text);
  if (!Number.isNaN(value)) return value;
  const infinite = /^([+-]?)inf$/i.exec(text);
  return infinite === null ? Number.NaN : Number(`${infinite[1]}Infinity`);
}

/**
 * Microseconds since 1970 as asked for; seconds with a fraction from servers that know no other form. TIMESTAMP is what
 * columns are here that are without a zone elsewhere, so its text has none: it is UTC.
 */
function readTimestamp(text: string): string {
  const micros = /^-?\d+$/.test(text) ? BigInt(text) : BigInt(Math.round(Number(text) * 1e6));
  const fraction = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const [date, time = ''] = new Date(Number((micros - fraction) / 1000n)).toISOString().split('T');
  return `${date} ${dropZeros(`${time.slice(0, 8)}.${String(fraction).padStart(6, '0')}`)}`;
}

function dropZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** `1-2 3 4:0:0.5`: years and months, days, time, each part with a sign of its own. */
function readInterval(text: string): string {
  const match = /^(-?)(\d+)-(\d+) (-?\d+) (-?)(\d+):(\d+):(\d+)(\.\d+)?$/.exec(text);
  if (match === null) return text;
  const [, sign = '', years, months, days, timeSign = '', hours, minutes, seconds, fraction = ''] = match;
  const count = (value: string | undefined, unit: string, prefix = '') => {
    const number = Number(`${prefix}${value}`);
    return number === 0 ? '' : `${number} ${unit}${Math.abs(number) === 1 ? '' : 's'}`;
  };
  const clock = [hours, minutes, seconds].map((part) => String(part).padStart(2, '0')).join(':');
  const time =
    Number(`${hours}${minutes}${seconds}${fraction}`) === 0 ? '' : dropZeros(`${timeSign}${clock}${fraction}`);
  const parts = [count(years, 'year', sign), count(months, 'mon', sign), count(days, 'day'), time];
  return parts.filter((part) => part !== '').join(' ') || '00:00:00';
}
