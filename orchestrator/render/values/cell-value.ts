import { PyDecimal, PyFloat, type Value } from '../../jinja/values.ts';
import type { CellValue } from '../../manifest/results.ts';
import { DateTimeValue } from '../modules/datetime-value.ts';

const decimalPattern = /^-?\d+(?:\.\d+)?$/;
const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const timestampPattern = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,6}))?([+-]\d{2}(?::?\d{2})?)?$/;

/** A cell of a result as a template value: decimals keep their digits, dates and timestamps Python's. */
export function toCellValue(cell: CellValue, type: string): Value {
  if (typeof cell === 'number') return Number.isInteger(cell) && !isFractional(type) ? cell : new PyFloat(cell);
  if (typeof cell !== 'string') return cell;
  if (isFractional(type) && decimalPattern.test(cell)) return readDecimal(cell);
  if (/^date$/i.test(type)) return readDate(cell) ?? cell;
  if (/^timestamp|^datetime/i.test(type)) return readTimestamp(cell) ?? cell;
  return cell;
}

function isFractional(type: string): boolean {
  return /^(?:decimal|numeric|double|float|real)/i.test(type);
}

/** A decimal without fraction, such as a sum of integers, counts on as the integer it prints as. */
function readDecimal(text: string): Value {
  if (text.includes('.')) return new PyDecimal(text);
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text);
}

function readDate(text: string): DateTimeValue | undefined {
  const match = datePattern.exec(text);
  return match === null ? undefined : DateTimeValue.date(Number(match[1]), Number(match[2]), Number(match[3]));
}

function readTimestamp(text: string): DateTimeValue | undefined {
  const match = timestampPattern.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '0', offset] = match;
  return DateTimeValue.datetime({
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    microsecond: Number(fraction.padEnd(6, '0')),
    offset: offset === undefined ? null : readOffset(offset),
    zone: offset === undefined ? '' : 'UTC',
  });
}

function readOffset(text: string): number {
  const digits = text.replace(/\D/g, '');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2) || 0);
  return text.startsWith('-') ? -minutes : minutes;
}
