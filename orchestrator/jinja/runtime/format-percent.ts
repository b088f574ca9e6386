import { sliceText } from '../methods/search.ts';
import { escapeHtml } from '../values/escape.ts';
import { isHostObject, isUndefined, Markup, PyDict, PyFloat, PyTuple, typeName, type Value } from '../values/model.ts';
import { toRepr, toText } from '../values/print.ts';
import { escapeNonAscii } from '../values/text.ts';
import { checkTextLength, runtimeError } from './failures.ts';
import { formatDigits, formatMagnitude, padText } from './format-number.ts';
import { asInteger, asNumber, type Integer, normalizeInteger } from './numbers.ts';

const directive = /%(?:\(((?:[^()]|\([^()]*\))*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d*))?[hlL]?([\s\S]?)/g;

/** Python's `format % arguments`. */
export function formatPercent(format: string | Markup, argument: Value): Value {
  const isMarkup = format instanceof Markup;
  const source = new PercentArguments(argument);
  const formatDirective = (groups: readonly (string | undefined)[]) => {
    const [whole, key, flags = '', width, precision, type = ''] = groups;
    if (whole === '%%') return '%';
    if (key !== undefined && (width === '*' || precision === '*')) throw runtimeError('* wants int');
    const size = width === '*' ? source.size() : Number(width ?? 0);
    const decimals = precision === '*' ? Math.max(0, source.size()) : precision;
    if (type === '') throw runtimeError('incomplete format');
    const value = key === undefined ? source.next() : source.named(key);
    const rules = { flags, width: size, precision: decimals === undefined ? undefined : Number(decimals), type };
    const piece = formatOne(value, rules);
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

  /** A width or precision that the format takes from the arguments. */
  size(): number {
    const size = asInteger(this.next());
    if (typeof size !== 'number' || size !== (size | 0)) throw runtimeError('* wants int');
    return size;
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
  if ('sra'.includes(type)) {
    const text = formatText(value, type);
    return padText(precision === undefined ? text : sliceText(text, 0, precision), size, align);
  }
  if (type === 'c') return padText(formatCharacter(value), size, align);
  const style = { type, precision, isAlternate: flags.includes('#') };
  const { isNegative, prefix, digits } = formatNumber(value, style);
  const head = signOf(isNegative, flags) + prefix;
  const isZeroed = flags.includes('0') && align === '>';
  return isZeroed ? head + padText(digits, size - head.length, '>', '0') : padText(head + digits, size, align);
}

function signOf(isNegative: boolean, flags: string): string {
  if (isNegative) return '-';
  return flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
}

function formatText(value: Value, type: string): string {
  if (type === 's') return toText(value);
  const text = toRepr(value);
  return type === 'r' ? text : escapeNonAscii(text);
}

function formatCharacter(value: Value): string {
  const code = asInteger(value);
  if (code !== undefined && code >= 0 && code <= 0x10ffff) return String.fromCodePoint(Number(code));
  const text = toText(value);
  if ((typeof value === 'string' || value instanceof Markup) && Array.from(text).length === 1) return text;
  throw runtimeError('%c requires int or char');
}

interface Digits {
  readonly isNegative: boolean;
  /** `0x` or `0o` of the alternate form. */
  readonly prefix: string;
  readonly digits: string;
}

function formatNumber(
  value: Value,
  style: { type: string; precision: number | undefined; isAlternate: boolean },
): Digits {
  if ('diuoxX'.includes(style.type)) {
    const integer = toInteger(value, style.type);
    const type = 'iu'.includes(style.type) ? 'd' : style.type;
    const digits = formatDigits(integer, { ...style, type });
    const prefix = style.isAlternate && type !== 'd' ? `0${type}` : '';
    return { isNegative: integer < 0, prefix, digits: digits.padStart(Math.min(style.precision ?? 0, 1000), '0') };
  }
  if (!'eEfFgG'.includes(style.type)) throw runtimeError(`unsupported format character '${style.type}'`);
  const number = asNumber(value);
  if (number === undefined) throw runtimeError(`must be real number, not ${typeName(value)}`);
  return { isNegative: number < 0 || Object.is(number, -0), prefix: '', digits: formatMagnitude(number, style) };
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
