import { requireInteger } from '../methods/method.ts';
import { stripText } from '../methods/split.ts';
import { runtimeError, undefinedError } from '../runtime/failures.ts';
import {
  asInteger,
  asNumber,
  computeIntegers,
  formatFixed,
  type Integer,
  normalizeInteger,
  roundHalfEven,
} from '../runtime/numbers.ts';
import { compute } from '../runtime/operators.ts';
import { isTrue, isUndefined, Markup, PyFloat, typeName, type Value } from '../values/model.ts';
import { formatFloat } from '../values/text.ts';
import { type Filter, filter } from './filter.ts';

const floatText = /^[+-]?(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?$/;
const specialText = /^([+-]?)(?:(inf|infinity)|nan)$/i;

/** The text without space around it, and with the digits of all scripts as those of ASCII. */
function readableDigits(text: string): string {
  return stripText(text, null, 'both').replace(/(?![0-9])\p{Nd}/gu, (digit) => String(digitValue(digit)));
}

/** Digits stand together in tens from 0 to 9, so how many are in front of one says its value. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  return before % 10;
}

/** The float a text says, as Python's `float()` reads it; JS undefined when it says none. */
function parseFloatText(text: string): number | undefined {
  const bare = readableDigits(text);
  if (floatText.test(bare)) return Number(bare.replaceAll('_', ''));
  const special = specialText.exec(bare);
  if (special === null) return undefined;
  if (special[2] === undefined) return Number.NaN;
  return special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

const prefixes = new Map([
  ['0x', 16],
  ['0o', 8],
  ['0b', 2],
]);

/** The integer a text says in a base, as Python's `int()` reads it; JS undefined when it says none. */
function parseIntegerText(text: string, base = 10): Integer | undefined {
  const match = /^([+-]?)(0[xXoObB])?_?([\da-zA-Z]+(?:_[\da-zA-Z]+)*)$/.exec(readableDigits(text));
  if (match === null) return undefined;
  const [, sign, prefix = '', digits = ''] = match;
  const named = prefixes.get(prefix.toLowerCase());
  const isNamed = named !== undefined && (base === named || base === 0);
  const radix = isNamed ? named : base === 0 ? 10 : base;
  const value = readDigits((isNamed ? '' : prefix) + digits.replaceAll('_', ''), radix);
  if (value === undefined || (base === 0 && !isNamed && /^0+[1-9]/.test(digits))) return undefined;
  return normalizeInteger(sign === '-' ? -value : value);
}

function readDigits(digits: string, radix: number): bigint | undefined {
  if (digits.length > 4300) return undefined;
  let value = 0n;
  for (const character of digits) {
    const digit = Number.parseInt(character, 36);
    if (!(digit < radix)) return undefined;
    value = value * BigInt(radix) + BigInt(digit);
  }
  return value;
}

function toInteger(value: Value, [fallback, base]: readonly Value[]): Value {
  if (isUndefined(value)) throw undefinedError(value);
  const missing = fallback === undefined ? 0 : fallback;
  const text = value instanceof Markup ? value.text : value;
  if (typeof text === 'string') return integerOfText(text, base === undefined ? 10 : asInteger(base)) ?? missing;
  const integer = asInteger(value);
  if (integer !== undefined) return integer;
  if (!(value instanceof PyFloat)) return missing;
  if (Number.isNaN(value.value)) return missing;
  if (!Number.isFinite(value.value)) throw runtimeError('cannot convert float infinity to integer');
  return normalizeInteger(BigInt(Math.trunc(value.value)));
}

/** Text such as `42.23` is an integer too, by way of a float. */
function integerOfText(text: string, base: Integer | undefined): Integer | undefined {
  const isBase = typeof base === 'number' && (base === 0 || (base >= 2 && base <= 36));
  const integer = isBase ? parseIntegerText(text, base) : undefined;
  if (integer !== undefined) return integer;
  const float = parseFloatText(text);
  return float === undefined || !Number.isFinite(float) ? undefined : normalizeInteger(BigInt(Math.trunc(float)));
}

function toFloat(value: Value, [fallback]: readonly Value[]): Value {
  if (isUndefined(value)) throw undefinedError(value);
  const text = value instanceof Markup ? value.text : value;
  const number = typeof text === 'string' ? parseFloatText(text) : asNumber(value);
  if (number !== undefined) return new PyFloat(number);
  return fallback === undefined ? new PyFloat(0) : fallback;
}

function absolute(value: Value): Value {
  const integer = asInteger(value);
  if (integer !== undefined) return integer < 0 ? computeIntegers('-', 0, integer) : integer;
  if (value instanceof PyFloat) return new PyFloat(Math.abs(value.value));
  throw isUndefined(value) ? undefinedError(value) : runtimeError(`bad operand type for abs(): '${typeName(value)}'`);
}

function round(value: Value, [precision, method]: readonly Value[]): Value {
  const digits = precision === undefined ? 0 : requireInteger(precision);
  if (method !== undefined && method !== 'common' && method !== 'ceil' && method !== 'floor') {
    throw runtimeError('method must be common, ceil or floor');
  }
  const number = asNumber(value);
  if (number === undefined)
    throw isUndefined(value)
      ? undefinedError(value)
      : runtimeError(`type ${typeName(value)} doesn't define __round__ method`);
  if (method === 'ceil') return roundOneWay(value, digits, Math.ceil);
  if (method === 'floor') return roundOneWay(value, digits, Math.floor);
  const integer = asInteger(value);
  return integer === undefined ? new PyFloat(roundHalfEven(number, digits)) : roundInteger(integer, digits);
}

function roundOneWay(value: Value, digits: number, change: (number: number) => number): Value {
  const scale = compute('**', 10, digits);
  const scaled = compute('*', value, scale);
  if (!(scaled instanceof PyFloat)) return compute('/', scaled, scale);
  if (!Number.isFinite(scaled.value))
    throw runtimeError(`cannot convert float ${formatFloat(scaled.value)} to integer`);
  return compute('/', normalizeInteger(BigInt(change(scaled.value))), scale);
}

function roundInteger(value: Integer, digits: number): Integer {
  if (digits >= 0) return value;
  if (digits < -400) return 0;
  const unit = 10n ** BigInt(-digits);
  const size = value < 0 ? -BigInt(value) : BigInt(value);
  const rest = size % unit;
  const floor = size / unit;
  const isUp = rest * 2n > unit || (rest * 2n === unit && floor % 2n === 1n);
  const rounded = (isUp ? floor + 1n : floor) * unit;
  return normalizeInteger(value < 0 ? -rounded : rounded);
}

function formatFileSize(value: Value, [binary]: readonly Value[]): string {
  const number = asNumber(value) ?? (typeof value === 'string' ? parseFloatText(value) : undefined);
  if (number === undefined) throw runtimeError(`could not convert ${typeName(value)} to float`);
  const isBinary = isTrue(binary);
  const base = isBinary ? 1024 : 1000;
  if (number === 1) return '1 Byte';
  if (Number.isNaN(number) || number === Number.NEGATIVE_INFINITY) {
    throw runtimeError(`cannot convert float ${formatFloat(number)} to integer`);
  }
  if (number < base) return `${BigInt(Math.trunc(number))} Bytes`;
  const units = [...'kMGTPEZY'];
  const power = units.findIndex((_, i) => number < base ** (i + 2));
  const index = power < 0 ? units.length - 1 : power;
  const unit = isBinary ? `${(units[index] ?? '').toUpperCase()}iB` : `${units[index]}B`;
  const size = (base * number) / base ** (index + 2);
  return `${Number.isFinite(size) ? formatFixed(size, 1) : 'inf'} ${unit}`;
}

/** Filters on numbers. */
export const numberFilters: readonly Filter[] = [
  filter('abs', [], absolute),
  filter('filesizeformat', ['binary?'], formatFileSize),
  filter('float', ['default?'], toFloat),
  filter('int', ['default?', 'base?'], toInteger),
  filter('round', ['precision?', 'method?'], round),
];
