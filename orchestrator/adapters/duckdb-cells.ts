import {
  DuckDBDateValue,
  DuckDBDecimalType,
  DuckDBDecimalValue,
  DuckDBTimestampValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { CellValue } from '../manifest/results.ts';

type NonNullCell = Exclude<CellValue, null>;

const MICROS_PER_SECOND = 1_000_000n;
const MILLIS_PER_DAY = 86_400_000;

/**
 * How cells of a column type are appended, or undefined where DuckDB has to cast them itself. The function returned
 * throws an Error naming the value where it does not fit.
 */
export function findCellWriter(type: DuckDBType): ((cell: NonNullCell) => DuckDBValue) | undefined {
  if (type instanceof DuckDBDecimalType) return (cell) => toDecimal(String(cell), type);
  switch (type.typeId) {
    case DuckDBTypeId.BOOLEAN:
      return toBoolean;
    case DuckDBTypeId.TINYINT:
    case DuckDBTypeId.SMALLINT:
    case DuckDBTypeId.INTEGER:
      return (cell) => Number(toInteger(cell));
    case DuckDBTypeId.BIGINT:
    case DuckDBTypeId.HUGEINT:
      return toInteger;
    case DuckDBTypeId.FLOAT:
    case DuckDBTypeId.DOUBLE:
      return toDouble;
    case DuckDBTypeId.VARCHAR:
      return type.alias === undefined ? String : undefined;
    case DuckDBTypeId.DATE:
      return (cell) => new DuckDBDateValue(toDays(String(cell)));
    case DuckDBTypeId.TIMESTAMP:
      return (cell) => new DuckDBTimestampValue(toMicros(String(cell)));
    default:
      return undefined;
  }
}

function toBoolean(cell: NonNullCell): boolean {
  const text = String(cell).trim().toLowerCase();
  if (['true', 't', 'yes', 'y', 'on', '1'].includes(text)) return true;
  if (['false', 'f', 'no', 'n', 'off', '0'].includes(text)) return false;
  throw new Error(`"${cell}" is not a boolean`);
}

function toInteger(cell: NonNullCell): bigint {
  if (typeof cell === 'bigint') return cell;
  const text = String(cell).trim();
  if (/^[+-]?\d+$/.test(text)) return BigInt(text);
  if (typeof cell === 'number' && Number.isInteger(cell)) return BigInt(cell);
  throw new Error(`"${cell}" is not an integer`);
}

function toDouble(cell: NonNullCell): number {
  if (typeof cell === 'number') return cell;
  const text = String(cell).trim();
  const special = /^([+-]?)(inf|infinity|nan)$/i.exec(text);
  if (special !== null) {
    return special[2]?.toLowerCase() === 'nan' ? Number.NaN : Number(`${special[1] ?? ''}Infinity`);
  }
  const value = text === '' ? Number.NaN : Number(text);
  if (Number.isNaN(value)) throw new Error(`"${cell}" is not a number`);
  return value;
}

function toDays(text: string): number {
  const match = /^\s*(\d{4,6})-(\d{1,2})-(\d{1,2})\s*$/.exec(text);
  const days = match === null ? null : countDays(Number(match[1]), Number(match[2]), Number(match[3]));
  if (days === null) throw new Error(`"${text}" is not a date (YYYY-MM-DD)`);
  return days;
}

function countDays(year: number, month: number, day: number): number | null {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() / MILLIS_PER_DAY : null;
}

const timestampPattern =
  /^\s*(\d{4,6}-\d{1,2}-\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?\s*$/i;

function toMicros(text: string): bigint {
  const match = timestampPattern.exec(text);
  if (match === null) throw new Error(`"${text}" is not a timestamp (YYYY-MM-DD HH:MM:SS)`);
  const [, date = '', hour = '0', minute = '0', second = '0', fraction = '', zone = ''] = match;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
    throw new Error(`"${text}" is not a timestamp (YYYY-MM-DD HH:MM:SS)`);
  }
  const seconds = toDays(date) * 86_400 + Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  const micros = Math.round(Number(`0.${fraction === '' ? '0' : fraction}`) * 1e6);
  return BigInt(seconds - readOffset(zone)) * MICROS_PER_SECOND + BigInt(micros);
}

/** Seconds east of UTC. */
function readOffset(zone: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (match === null) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 3600 + Number(match[3] ?? '0') * 60);
}

/** Digits beyond the scale are rounded half away from zero, as a cast does. */
function toDecimal(text: string, type: DuckDBDecimalType): DuckDBDecimalValue {
  const match = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?\s*$/i.exec(text);
  if (match === null || `${match[2]}${match[3] ?? ''}` === '') throw new Error(`"${text}" is not a decimal number`);
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const shift = type.scale - fraction.length + Number(exponent);
  const magnitude = shiftDigits(BigInt(`${whole}${fraction}`), shift);
  if (magnitude >= 10n ** BigInt(type.width)) throw new Error(`"${text}" does not fit ${type.toString()}`);
  return new DuckDBDecimalValue(sign === '-' ? -magnitude : magnitude, type.width, type.scale);
}

function shiftDigits(value: bigint, places: number): bigint {
  if (places >= 0) return value * 10n ** BigInt(places);
  const divisor = 10n ** BigInt(-places);
  return (value + divisor / 2n) / divisor;
}
