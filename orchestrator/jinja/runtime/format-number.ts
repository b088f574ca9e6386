import { padExponent } from '../values/text.ts';
import { checkTextLength, runtimeError } from './failures.ts';
import { formatFixed, type Integer } from './numbers.ts';

/** How a number is to be printed. */
export interface NumberStyle {
  /** `d`, `b`, `o`, `x`, `X`, `e`, `E`, `f`, `F`, `g`, `G`, `%` or `n`. */
  readonly type: string;
  readonly precision: number | undefined;
  /** The `#` flag: prefixes for bases, the point and zeros kept for floats. */
  readonly isAlternate: boolean;
}

/** The digits of a number without its sign. */
export function formatMagnitude(value: number, style: NumberStyle): string {
  const size = Math.abs(value);
  if (!Number.isFinite(size)) return formatSpecial(size, style.type);
  const precision = Math.min(style.precision ?? 6, 1000);
  switch (style.type.toLowerCase()) {
    case 'e':
      return withCase(keepPoint(formatExponent(size, precision), style), style.type);
    case 'g':
    case 'n':
      return withCase(keepPoint(formatGeneral(size, precision, style.isAlternate), style), style.type);
    case '%':
      return formatPercentage(size * 100, precision, style);
    default:
      return keepPoint(formatDecimals(size, precision), style);
  }
}

function formatPercentage(size: number, precision: number, style: NumberStyle): string {
  return Number.isFinite(size) ? `${keepPoint(formatDecimals(size, precision), style)}%` : formatSpecial(size, '%');
}

/** The alternate form has a decimal point even where no digit follows. */
function keepPoint(text: string, { isAlternate }: NumberStyle): string {
  return isAlternate && !text.includes('.') ? text.replace(/^\d+/, '$&.') : text;
}

function formatSpecial(size: number, type: string): string {
  const text = Number.isNaN(size) ? 'nan' : 'inf';
  return (type === type.toUpperCase() && type !== '%' ? text.toUpperCase() : text) + (type === '%' ? '%' : '');
}

function withCase(text: string, type: string): string {
  return type === type.toUpperCase() ? text.toUpperCase() : text;
}

/** JS prints at most 100 decimals; the rest of a double's decimals that anybody asks for are zeros. */
function formatDecimals(size: number, precision: number): string {
  return precision <= 100 ? formatFixed(size, precision) : size.toFixed(100) + '0'.repeat(precision - 100);
}

function formatExponent(size: number, precision: number): string {
  return padExponent(toScientific(size, Math.min(precision, 100)));
}

/** `toExponential` with halves to even on the exact binary value: on its own it rounds 2.5 to 3. */
function toScientific(size: number, decimals: number): string {
  const [digits = '', exponent = ''] = size.toExponential(100).split('e');
  const kept = digits.slice(0, decimals === 0 ? 1 : decimals + 2);
  const isTie = /^\.?50*$/.test(digits.slice(kept.length)) && Number(kept.at(-1)) % 2 === 0;
  return isTie ? `${kept}e${exponent}` : size.toExponential(decimals);
}

function formatGeneral(size: number, precision: number, isAlternate: boolean): string {
  const digits = Math.min(Math.max(precision, 1), 100);
  const exponent = size === 0 ? 0 : Number(toScientific(size, digits - 1).split('e')[1]);
  if (exponent < -4 || exponent >= digits) {
    const [mantissa = '', power = ''] = toScientific(size, digits - 1).split('e');
    return padExponent(`${isAlternate ? mantissa : dropZeros(mantissa)}e${power}`);
  }
  const text = formatFixed(size, Math.max(0, digits - 1 - exponent));
  return isAlternate ? text : dropZeros(text);
}

function dropZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

const bases = new Map([
  ['b', 2],
  ['o', 8],
  ['x', 16],
]);

/** The digits of an integer without its sign and prefix, in the base that the style's type names. */
export function formatDigits(value: Integer, style: NumberStyle): string {
  const size = value < 0 ? -BigInt(value) : BigInt(value);
  const base = bases.get(style.type.toLowerCase());
  const digits = withCase(size.toString(base ?? 10), base === undefined ? 'd' : style.type);
  if (digits.length > 4300 && base === undefined) throw runtimeError('The integer has more than 4300 digits.');
  return digits;
}

/** Inserts a separator between groups of digits before the decimal point. */
export function groupDigits(digits: string, separator: string, size = 3): string {
  const [, whole = '', rest = ''] = /^([\da-fA-F]*)(.*)$/s.exec(digits) ?? [];
  const groups: string[] = [];
  for (let end = whole.length; end > 0; end -= size) groups.push(whole.slice(Math.max(0, end - size), end));
  return groups.reverse().join(separator) + rest;
}

/** Pads a text to a width, counting code points. */
export function padText(text: string, width: number, align: '<' | '>' | '^', fill = ' '): string {
  const missing = width - Array.from(text).length;
  if (missing <= 0) return text;
  checkTextLength(width);
  if (align === '<') return text + fill.repeat(missing);
  if (align === '>') return fill.repeat(missing) + text;
  const left = Math.floor(missing / 2);
  return fill.repeat(left) + text + fill.repeat(missing - left);
}
