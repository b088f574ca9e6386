import { PyFloat, type Value } from '../values/model.ts';
import { checkIntegerBits, runtimeError } from './failures.ts';

/** An integer as templates hold it. */
export type Integer = number | bigint;

/** An integer in its normal form: a number wherever it is exact. */
export function normalizeInteger(value: bigint): Integer {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** The value as an integer where Python's numbers include it (`True` is 1), JS undefined otherwise. */
export function asInteger(value: Value): Integer | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  return typeof value === 'boolean' ? Number(value) : undefined;
}

/** The value as a JS number or bigint without loss, which JS compares exactly with any other; JS undefined as above. */
export function asComparable(value: Value): Integer | undefined {
  return value instanceof PyFloat ? value.value : asInteger(value);
}

/** The value as a JS number, JS undefined when it is not a number of any kind. */
export function asNumber(value: Value): number | undefined {
  if (value instanceof PyFloat) return value.value;
  const integer = asInteger(value);
  return integer === undefined ? undefined : Number(integer);
}

/** Python's arithmetic on two integers. */
export function computeIntegers(operator: string, a: Integer, b: Integer): Value {
  if (operator === '/') return divideIntegers(a, b);
  if (operator === '**') return raiseInteger(a, b);
  if (typeof a === 'number' && typeof b === 'number') {
    const result = computeSmall(operator, a, b);
    if (Number.isSafeInteger(result)) return result + 0;
  }
  return normalizeInteger(computeLarge(operator, BigInt(a), BigInt(b)));
}

function computeSmall(operator: string, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '//':
      return b === 0 ? Number.NaN : Math.floor(a / b) === a / b ? a / b : (a - moduloFloats(a, b)) / b;
    default:
      return b === 0 ? Number.NaN : moduloFloats(a, b);
  }
}

function computeLarge(operator: string, a: bigint, b: bigint): bigint {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      checkIntegerBits(countBits(a) + countBits(b));
      return a * b;
  }
  if (b === 0n) throw runtimeError('integer division or modulo by zero');
  const remainder = a % b;
  const isCorrected = remainder !== 0n && remainder < 0n !== b < 0n;
  if (operator === '%') return isCorrected ? remainder + b : remainder;
  return isCorrected ? a / b - 1n : a / b;
}

function countBits(value: bigint): number {
  return value.toString(16).length * 4;
}

function divideIntegers(a: Integer, b: Integer): PyFloat {
  if (Number(b) === 0) throw runtimeError('division by zero');
  const isSmall = typeof a === 'number' && typeof b === 'number';
  const quotient = isSmall ? a / b : divideLarge(BigInt(a), BigInt(b));
  if (Number.isFinite(quotient)) return new PyFloat(quotient);
  throw runtimeError('integer division result too large for a float');
}

const spareBits = 66;

/** The quotient rounded once: with more bits than a double holds, and the lowest set where a remainder is left. */
function divideLarge(a: bigint, b: bigint): number {
  const shift = Math.max(0, spareBits - countBits(a) + countBits(b));
  const scaled = (a < 0n ? -a : a) << BigInt(shift);
  const divisor = b < 0n ? -b : b;
  const quotient = (scaled / divisor) | (scaled % divisor === 0n ? 0n : 1n);
  const half = Math.floor(shift / 2);
  const size = Number(quotient) / 2 ** half / 2 ** (shift - half);
  return a < 0n === b < 0n ? size : -size;
}

function raiseInteger(base: Integer, exponent: Integer): Value {
  if (exponent < 0) {
    if (Number(base) === 0) throw runtimeError('0.0 cannot be raised to a negative power');
    return new PyFloat(Number(base) ** Number(exponent));
  }
  if (base === 0 || base === 1 || base === -1) return raiseUnit(base, exponent);
  const small = Number(base) ** Number(exponent);
  if (Number.isSafeInteger(small)) return small;
  checkIntegerBits(countBits(BigInt(base) < 0n ? -BigInt(base) : BigInt(base)) * Number(exponent));
  return normalizeInteger(BigInt(base) ** BigInt(exponent));
}

function raiseUnit(base: number, exponent: Integer): number {
  if (exponent === 0) return 1;
  return base === -1 && BigInt(exponent) % 2n === 0n ? 1 : base;
}

/** Python's arithmetic on two floats. */
export function computeFloats(operator: string, a: number, b: number): PyFloat {
  return new PyFloat(computeFloat(operator, a, b));
}

function computeFloat(operator: string, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '**':
      return raiseFloat(a, b);
  }
  if (b === 0)
    throw runtimeError(operator === '/' ? 'float division by zero' : 'float floor division or modulo by zero');
  if (operator === '/') return a / b;
  return operator === '%' ? moduloFloats(a, b) : floorDivideFloats(a, b);
}

function raiseFloat(a: number, b: number): number {
  if (a === 0 && b < 0) throw runtimeError('0.0 cannot be raised to a negative power');
  if (a < 0 && Number.isFinite(a) && Number.isFinite(b) && !Number.isInteger(b)) {
    throw runtimeError('a negative number cannot be raised to a fractional power');
  }
  const result = a ** b;
  if (!Number.isFinite(result) && Number.isFinite(a) && Number.isFinite(b))
    throw runtimeError('Numerical result out of range');
  return result;
}

/** The remainder with the sign of the divisor. */
function moduloFloats(a: number, b: number): number {
  const remainder = a % b;
  if (remainder === 0) return b < 0 ? -0 : 0;
  return remainder < 0 !== b < 0 ? remainder + b : remainder;
}

/** As CPython computes it: from the exact remainder, rounded to the nearest whole quotient. */
function floorDivideFloats(a: number, b: number): number {
  const remainder = a % b;
  const isCorrected = remainder !== 0 && remainder < 0 !== b < 0;
  const quotient = (a - remainder) / b - (isCorrected ? 1 : 0);
  if (quotient === 0) return Object.is(a / b, -0) || a / b < 0 ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

/** Rounds to so many decimals, halves to even on the exact binary value, as Python's `round`. */
export function roundHalfEven(value: number, digits: number): number {
  if (!Number.isFinite(value) || digits > 22) return value;
  if (digits >= 0) return Number(formatFixed(value, digits));
  const scale = 10 ** -digits;
  return Number.isFinite(scale) ? Number(formatFixed(value / scale, 0)) * scale : 0;
}

/** A number with so many decimals, halves to even on the exact binary value, as Python's `%.2f`. */
export function formatFixed(value: number, digits: number): string {
  const size = Math.abs(value);
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  if (size >= 1e21) return `${sign}${BigInt(size)}${digits > 0 ? `.${'0'.repeat(digits)}` : ''}`;
  const text = size.toFixed(digits);
  return sign + (isTie(size, digits) ? roundTie(size, digits, text) : text);
}

/** A value halfway between two decimals has at most one more binary and one more decimal digit, so it prints exactly. */
function isTie(size: number, digits: number): boolean {
  return digits < 100 && Number.isInteger(size * 2 ** (digits + 1)) && size.toFixed(digits + 1).endsWith('5');
}

function roundTie(size: number, digits: number, roundedUp: string): string {
  const down = size.toFixed(digits + 1).slice(0, digits === 0 ? -2 : -1);
  return Number(down.at(-1)) % 2 === 0 ? down : roundedUp;
}
