import type { Column as DriverColumn } from 'snowflake-sdk';
import type { Column } from '../manifest/relation.ts';
import type { CellValue } from '../manifest/results.ts';
import { toSafeNumber } from './safe-number.ts';

/** How the values of a column become cells. */
export type CellReader = (value: unknown) => CellValue;

/** What the client adds to the dates it makes of dates and timestamps: the exact moment. */
interface ExactDate {
  getEpochSeconds(): number;
  getNanoSeconds(): number;
}

/** A column of an answer in the spelling of Snowflake's DDL. */
export function describeColumn(column: DriverColumn): Column {
  return { name: column.getName(), type: nameType(column) };
}

/** The reader of a column's values: the same value is the same cell on every warehouse. */
export function findCellReader(column: DriverColumn): CellReader {
  switch (column.getType()) {
    case 'fixed':
      return column.getScale() > 0 ? keepText : toInteger;
    case 'real':
      return toDouble;
    case 'boolean':
      return (value) => value === true;
    case 'date':
      return (value) => formatSeconds(readMoment(value).getEpochSeconds()).slice(0, 10);
    case 'timestamp_ntz':
      return toTimestamp;
    case 'timestamp_ltz':
    case 'timestamp_tz':
      return (value) => `${toTimestamp(value)}+00`;
    case 'time':
      return (value) =>
        String(value)
          .replace(/(\.\d*?)0+$/, '$1')
          .replace(/\.$/, '');
    case 'binary':
      return (value) => `\\x${Buffer.isBuffer(value) ? value.toString('hex') : String(value).toLowerCase()}`;
    case 'variant':
    case 'object':
    case 'array':
    case 'map':
      return (value) => squeezeJson(typeof value === 'string' ? value : JSON.stringify(value));
    default:
      return keepText;
  }
}

/** A row of the client as cells. */
export function readRow(row: readonly unknown[], readers: readonly CellReader[]): CellValue[] {
  return readers.map((read, index) => {
    const value = row[index];
    return value === null || value === undefined ? null : read(value);
  });
}

function nameType(column: DriverColumn): string {
  const type = column.getType();
  switch (type) {
    case 'fixed':
      return `number(${column.getPrecision()},${column.getScale()})`;
    case 'real':
      return 'float';
    case 'text':
      return 'varchar';
    default:
      return type;
  }
}

function keepText(value: unknown): CellValue {
  return String(value);
}

function toInteger(value: unknown): CellValue {
  return toSafeNumber(BigInt(String(value)));
}

function toDouble(value: unknown): CellValue {
  const text = String(value);
  const special = /^(-?)inf(?:inity)?$/i.exec(text);
  return special === null ? Number(text) : Number(`${special[1]}Infinity`);
}

function toTimestamp(value: unknown): string {
  const moment = readMoment(value);
  const fraction = String(moment.getNanoSeconds()).padStart(9, '0').replace(/0+$/, '');
  return `${formatSeconds(moment.getEpochSeconds())}${fraction === '' ? '' : `.${fraction}`}`;
}

/** `2024-02-29 13:05:00` of seconds since 1970. */
function formatSeconds(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

function readMoment(value: unknown): ExactDate {
  if (isExactDate(value)) return value;
  throw new TypeError(`Snowflake's client gave ${JSON.stringify(value)} for a date.`);
}

function isExactDate(value: unknown): value is ExactDate {
  return typeof value === 'object' && value !== null && 'getEpochSeconds' in value && 'getNanoSeconds' in value;
}

/** JSON without the spaces and line ends Snowflake puts between its parts; texts in it stay as they are. */
function squeezeJson(text: string): string {
  return text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1');
}
