import { escapeHtml, escapeValue } from '../values/escape.ts';
import {
  isHostObject,
  isUndefined,
  Markup,
  PyDict,
  PyFloat,
  PySet,
  PyTuple,
  typeName,
  type Value,
} from '../values/model.ts';
import { toText } from '../values/print.ts';
import { checkItemCount, checkTextLength, runtimeError, undefinedError } from './failures.ts';
import { formatPercent } from './format-percent.ts';
import { asInteger, asNumber, computeFloats, computeIntegers } from './numbers.ts';

/** A binary operator of Python's arithmetic. */
export function compute(operator: string, a: Value, b: Value): Value {
  const left = asInteger(a);
  const right = asInteger(b);
  if (left !== undefined && right !== undefined) return computeIntegers(operator, left, right);
  const x = asNumber(a);
  const y = asNumber(b);
  if (x !== undefined && y !== undefined) return computeFloats(operator, x, y);
  if (isUndefined(a)) throw undefinedError(a);
  if (operator === '%' && (typeof a === 'string' || a instanceof Markup)) return formatPercent(a, b);
  if (isUndefined(b)) throw undefinedError(b);
  const result = computeOther(operator, a, b);
  if (result !== undefined) return result;
  throw runtimeError(describeFailure(operator, a, b));
}

function computeOther(operator: string, a: Value, b: Value): Value {
  switch (operator) {
    case '+':
      return addOther(a, b);
    case '-':
      if (a instanceof PySet && b instanceof PySet) return new PySet([...a].filter((item) => !b.has(item)));
      return isHostObject(a) ? a.subtract(b) : undefined;
    case '*':
      return multiplyOther(a, b);
    default:
      return undefined;
  }
}

function addOther(a: Value, b: Value): Value {
  if (typeof a === 'string' && typeof b === 'string') {
    checkTextLength(a.length + b.length);
    return a + b;
  }
  if (a instanceof Markup) return isText(b) ? new Markup(a.text + escapeValue(b)) : undefined;
  if (b instanceof Markup) return typeof a === 'string' ? new Markup(escapeHtml(a) + b.text) : undefined;
  if (Array.isArray(a) && Array.isArray(b) && a instanceof PyTuple === b instanceof PyTuple) {
    checkItemCount(a.length + b.length);
    return a instanceof PyTuple ? PyTuple.make([...a, ...b]) : [...a, ...b];
  }
  if (isHostObject(a)) return a.add(b);
  return isHostObject(b) ? b.add(a) : undefined;
}

function isText(value: Value): boolean {
  return typeof value === 'string' || value instanceof Markup;
}

function multiplyOther(a: Value, b: Value): Value {
  if (isHostObject(a)) return a.multiply(b);
  if (isHostObject(b)) return b.multiply(a);
  const right = asInteger(b);
  if (right !== undefined) return repeat(a, right);
  const left = asInteger(a);
  return left === undefined ? undefined : repeat(b, left);
}

function repeat(value: Value, times: number | bigint): Value {
  if (BigInt.asIntN(64, BigInt(times)) !== BigInt(times)) {
    throw runtimeError("cannot fit 'int' into an index-sized integer");
  }
  const count = Math.max(0, Number(times));
  if (typeof value === 'string') return repeatText(value, count);
  if (value instanceof Markup) return new Markup(repeatText(value.text, count));
  if (!Array.isArray(value)) return undefined;
  checkItemCount(value.length * count);
  const items = value.length === 0 ? [] : Array.from({ length: count }, () => [...value]).flat();
  return value instanceof PyTuple ? PyTuple.make(items) : items;
}

/** A text repeated, within bounds. */
export function repeatText(text: string, count: number): string {
  checkTextLength(text.length * count);
  return text === '' ? '' : text.repeat(Math.max(0, count));
}

function describeFailure(operator: string, a: Value, b: Value): string {
  if (operator === '+') {
    if (isText(a)) return `can only concatenate str (not "${typeName(b)}") to str`;
    if (Array.isArray(a)) return `can only concatenate ${typeName(a)} (not "${typeName(b)}") to ${typeName(a)}`;
  }
  if (operator === '*') {
    const [sequence, other] = isSequence(a) ? [a, b] : [b, a];
    if (isSequence(sequence)) return `can't multiply sequence by non-int of type '${typeName(other)}'`;
  }
  const name = operator === '**' ? '** or pow()' : operator;
  return `unsupported operand type(s) for ${name}: '${typeName(a)}' and '${typeName(b)}'`;
}

function isSequence(value: Value): boolean {
  return isText(value) || Array.isArray(value);
}

/** `-value` and `+value`. */
export function computeSign(operator: string, value: Value): Value {
  const integer = asInteger(value);
  if (integer !== undefined) return operator === '-' ? computeIntegers('-', 0, integer) : integer;
  if (value instanceof PyFloat) return operator === '-' ? new PyFloat(-value.value) : value;
  if (isUndefined(value)) throw undefinedError(value);
  throw runtimeError(`bad operand type for unary ${operator}: '${typeName(value)}'`);
}

/** The `~` operator: texts of all parts together. */
export function concatenate(parts: readonly Value[]): Value {
  let text = '';
  for (const part of parts) text += toText(part);
  checkTextLength(text.length);
  return text;
}

/** `dict(**options)` and `f(**options)` need a mapping. */
export function requireMapping(value: Value): PyDict {
  if (value instanceof PyDict) return value;
  if (isUndefined(value)) throw undefinedError(value);
  throw runtimeError(`argument after ** must be a mapping, not ${typeName(value)}`);
}
