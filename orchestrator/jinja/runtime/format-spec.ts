import { isHostObject, Markup, PyFloat, typeName, type Value } from '../values/model.ts';
import { toText } from '../values/print.ts';
import { formatFloat } from '../values/text.ts';
import { checkTextLength, runtimeError } from './failures.ts';
import { formatDigits, formatMagnitude, groupDigits, padText } from './format-number.ts';
import { asInteger, type Integer } from './numbers.ts';

const specification = /^(?:([\s\S])?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([A-Za-z%])?$/u;

interface Specification {
  readonly fill: string;
  readonly align: string | undefined;
  /** Whether zeros fill up the width, which aligns numbers by `=`. */
  readonly isZeroed: boolean;
  readonly sign: string | undefined;
  /** Whether zero has no sign. */
  readonly isZeroPositive: boolean;
  readonly isAlternate: boolean;
  readonly width: number;
  readonly grouping: string;
  readonly precision: number | undefined;
  readonly type: string;
}

/** Python's `format(value, specification)`. */
export function formatValue(value: Value, text: string): string {
  if (text === '') return toText(value);
  if (isHostObject(value)) return value.format(text);
  const spec = parseSpecification(text);
  if (typeof value === 'string' || value instanceof Markup) return formatString(toText(value), spec);
  const integer = asInteger(value);
  if (integer !== undefined) return formatInteger(integer, spec);
  if (value instanceof PyFloat) return formatReal(value.value, spec);
  throw runtimeError(`unsupported format string passed to ${typeName(value)}.__format__`);
}

function parseSpecification(text: string): Specification {
  const match = specification.exec(text);
  if (match === null) throw runtimeError(`Invalid format specifier '${text}'`);
  const [, fill, align, sign, positive, alternate, zero, width, grouping = '', precision, type = ''] = match;
  if ((type === 'n' || type === 'c') && grouping !== '')
    throw runtimeError(`Cannot specify '${grouping}' with '${type}'.`);
  if ('boxX'.includes(type) && type !== '' && grouping === ',')
    throw runtimeError(`Cannot specify ',' with '${type}'.`);
  return {
    fill: fill ?? (zero === undefined ? ' ' : '0'),
    align,
    isZeroed: zero !== undefined,
    sign,
    isZeroPositive: positive !== undefined,
    isAlternate: alternate !== undefined,
    width: Math.min(Number(width ?? 0), 2 ** 31),
    grouping,
    precision: precision === undefined ? undefined : Number(precision),
    type,
  };
}

function formatString(text: string, spec: Specification): string {
  if (spec.type !== '' && spec.type !== 's') throw unknownType(spec.type, 'str');
  const isForNumbers = spec.sign !== undefined || spec.align === '=' || spec.grouping !== '' || spec.isAlternate;
  if (isForNumbers || spec.isZeroPositive) throw runtimeError('The format specifier of a text is one for numbers.');
  const align = spec.align === '>' || spec.align === '^' ? spec.align : '<';
  const cut = spec.precision === undefined ? text : Array.from(text).slice(0, spec.precision).join('');
  return padText(cut, spec.width, align, spec.fill);
}

function formatInteger(value: Integer, spec: Specification): string {
  if (spec.type === 'c' && (spec.precision !== undefined || spec.sign !== undefined)) {
    throw runtimeError("The format code 'c' does not go with a precision or sign.");
  }
  if (spec.type === 'c') return padText(String.fromCodePoint(Number(value)), spec.width, '<', spec.fill);
  if ('eEfFgG%'.includes(spec.type) && spec.type !== '') return formatReal(Number(value), spec);
  if (!'dbnoxX'.includes(spec.type)) throw unknownType(spec.type, 'int');
  if (spec.isZeroPositive)
    throw runtimeError('Negative zero coercion (z) not allowed in format specifier of an integer');
  if (spec.precision !== undefined) throw runtimeError('Precision not allowed in integer format specifier');
  const type = spec.type === '' || spec.type === 'n' ? 'd' : spec.type;
  const digits = formatDigits(value, { type, precision: undefined, isAlternate: false });
  const prefix = spec.isAlternate && type !== 'd' ? `0${type}` : '';
  return assemble({ isNegative: value < 0, prefix, digits, group: type === 'd' ? 3 : 4 }, spec);
}

function formatReal(value: number, spec: Specification): string {
  if (!'eEfFgGn%'.includes(spec.type)) throw unknownType(spec.type, 'float');
  const digits = spec.type === '' ? formatPlain(value, spec) : formatMagnitude(value, { ...spec, type: spec.type });
  const isPositive = spec.isZeroPositive && !/[1-9]/.test(digits.replace(/e.*/i, ''));
  const isNegative = !isPositive && (value < 0 || Object.is(value, -0));
  return assemble({ isNegative, prefix: '', digits, group: 3 }, spec);
}

/** Without a type, a float prints like `str`, with a precision like `g` that has a decimal or else an exponent. */
function formatPlain(value: number, { precision, isAlternate }: Specification): string {
  if (precision === undefined) return formatFloat(Math.abs(value));
  const text = formatMagnitude(value, { type: 'g', precision, isAlternate });
  const whole = /^\d+(?=\.?$)/.exec(text)?.[0];
  if (whole === undefined) return text;
  if (whole.length < Math.max(precision, 1)) return `${whole}.0`;
  const exponent = formatMagnitude(value, { type: 'e', precision: whole.length - 1, isAlternate });
  return isAlternate || !exponent.includes('.') ? exponent : exponent.replace(/\.?0*(?=e)/, '');
}

interface Pieces {
  readonly isNegative: boolean;
  readonly prefix: string;
  readonly digits: string;
  readonly group: number;
}

function assemble({ isNegative, prefix, digits, group }: Pieces, spec: Specification): string {
  const sign = isNegative ? '-' : spec.sign === '-' ? '' : (spec.sign ?? '');
  const head = sign + prefix;
  const body = spec.grouping === '' ? digits : groupDigits(digits, spec.grouping, group);
  if (spec.align === '=' || (spec.align === undefined && spec.isZeroed)) {
    const width = spec.width - head.length;
    checkTextLength(width);
    if (spec.grouping !== '' && spec.fill === '0') return head + zeroFill(digits, width, spec.grouping, group);
    return head + padText(body, width, '>', spec.fill);
  }
  const align = spec.align === '<' || spec.align === '^' ? spec.align : '>';
  return padText(head + body, spec.width, align, spec.fill);
}

/** Zeros that fill up the width are grouped like digits; the text may get one longer, as it cannot begin with a comma. */
function zeroFill(digits: string, width: number, separator: string, group: number): string {
  const [, whole = '', rest = ''] = /^([\da-fA-F]*)(.*)$/s.exec(digits) ?? [];
  let count = whole.length;
  while (count + Math.floor((count - 1) / group) + rest.length < width) count += 1;
  return groupDigits(whole.padStart(count, '0'), separator, group) + rest;
}

function unknownType(type: string, name: string): Error {
  return runtimeError(`Unknown format code '${type}' for object of type '${name}'`);
}
