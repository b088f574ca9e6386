import { escapeHtml } from '../values/escape.ts';
import { isHostObject, isUndefined, Markup, PyDict, PyFloat, PyTuple, typeName, type Value } from '../values/model.ts';
import { toRepr, toText } from '../values/print.ts';
import { checkTextLength, runtimeError } from './failures.ts';
import { formatDigits, formatMagnitude, padText } from './format-number.ts';
import { asInteger, asNumber, type Integer, normalizeInteger } from './numbers.ts';

const directive = /%(?:\(([^)]*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d*))?[hlL]?([\s\S]?)/g;

/** Python's `format % arguments`. */
export function formatPercent(format: string | Markup, argument: Value): Value {
  const isMarkup = format instanceof Markup;
  const source = new PercentArguments(argument);
  const formatDirective = (groups: readonly (string | undefined)[]) => {
    const [, key, flags = '', width, precision, type = ''] = groups;
    const isWidthGiven = width === '*' ? Number(source.next()) : Number(width ?? 0);
    const decimals =
      precision === '*' ? Number(source.next()) : precision === undefined ? undefined : Number(precision);
    if (type === '%') return '%';
    if (type === '') throw runtimeError('incomplete format');
    const value = key === undefined ? source.next() : source.named(key);
    const piece = formatOne(value, { flags, width: isWidthGiven, precision: decimals, type });
    return isMarkup && !(value instanceof Markup) ? escapeHtml(piece) : piece;
  };
  const text = replaceDirectives(isMarkup ? format.text : format, formatDirective);
  source.finish();
  return isMarkup ? new Markup(text) : text;
}

/** One directive after the other, so that the first wrong one ends it: `replace` would look for all of them first. */
function replaceDirectives(format: string, change: (groups: readonly (string | undefined)[]) => string): string {
  let text = '';
  let position = 0;
  for (const match of format.matchAll(directive)) {
    text += format.slice(position, match.index) + change(match);
    checkTextLength(text.length);
    position = match.index + match[0].length;
  }
  return text + format.slice(position);
}

/** Hands out the arguments in order, or by name from a dict. */
class PercentArguments {
  readonly #argument: Value;
  readonly #items: readonly Value[];
  #position = 0;

  constructor(argument: Value) {
    this.#argument = argument;
    this.#items = argument instanceof PyTuple ? argument : [argument];
  }

  next(): Value {
    if (this.#position >= this.#items.length) throw runtimeError('not enough arguments for format string');
    this.#position += 1;
    return this.#items[this.#position - 1];
  }

  named(key: string): Value {
    if (!(this.#argument instanceof PyDict)) throw runtimeError('format requires a mapping');
    if (!this.#argument.has(key)) throw runtimeError(`The format's key '${key}' is missing.`);
    this.#position = this.#items.length;
    return this.#argument.get(key);
  }

  /** Unused arguments are an error, but Python takes whatever has items for a mapping. */
  finish(): void {
    if (this.#position < this.#items.length && !hasItems(this.#argument)) {
      throw runtimeError('not all arguments converted during string formatting');
    }
  }
}

function hasItems(argument: Value): boolean {
  if (Array.isArray(argument)) return !(argument instanceof PyTuple);
  return argument instanceof PyDict || isUndefined(argument) || isHostObject(argument);
}

interface Directive {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly type: string;
}

function formatOne(value: Value, { flags, width, precision, type }: Directive): string {
  const align = flags.includes('-') || width < 0 ? '<' : '>';
  const size = Math.abs(width);
  if ('sra'.includes(type)) return padText(formatText(value, type).slice(0, precision), size, align);
  if (type === 'c') return padText(formatCharacter(value), size, align);
  const style = { type, precision, isAlternate: flags.includes('#') };
  const { isNegative, digits } = formatNumber(value, style);
  const sign = isNegative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  const isZeroed = flags.includes('0') && align === '>';
  return isZeroed ? sign + padText(digits, size - sign.length, '>', '0') : padText(sign + digits, size, align);
}

function formatText(value: Value, type: string): string {
  if (type === 's') return toText(value);
  const text = toRepr(value);
  return type === 'r' ? text : text.replace(/[^\x00-\x7f]/gu, escapeNonAscii);
}

function escapeNonAscii(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16);
  if (code <= 0xff) return `\\x${digits}`;
  return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}

function formatCharacter(value: Value): string {
  const code = asInteger(value);
  if (code !== undefined && code >= 0 && code <= 0x10ffff) return String.fromCodePoint(Number(code));
  const text = toText(value);
  if (typeof value === 'string' && Array.from(text).length === 1) return text;
  throw runtimeError('%c requires int or char');
}

interface Digits {
  readonly isNegative: boolean;
  readonly digits: string;
}

function formatNumber(
  value: Value,
  style: { type: string; precision: number | undefined; isAlternate: boolean },
): Digits {
  if ('diuoxX'.includes(style.type)) {
    const integer = toInteger(value, style.type);
    const type = 'iu'.includes(style.type) ? 'd' : style.type;
    const digits = formatDigits(integer, { ...style, type }).padStart(Math.min(style.precision ?? 0, 1000), '0');
    return { isNegative: integer < 0, digits };
  }
  if (!'eEfFgG'.includes(style.type)) throw runtimeError(`unsupported format character '${style.type}'`);
  const number = asNumber(value);
  if (number === undefined) throw runtimeError(`must be real number, not ${typeName(value)}`);
  return { isNegative: number < 0 || Object.is(number, -0), digits: formatMagnitude(number, style) };
}

function toInteger(value: Value, type: string): Integer {
  const integer = asInteger(value);
  if (integer !== undefined) return integer;
  if (value instanceof PyFloat && 'diu'.includes(type) && Number.isFinite(value.value)) {
    return normalizeInteger(BigInt(Math.trunc(value.value)));
  }
  const wanted = 'diu'.includes(type) ? 'a real number is required' : 'an integer is required';
  throw runtimeError(`%${type} format: ${wanted}, not ${typeName(value)}`);
}
