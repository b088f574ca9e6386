import {
  isHostObject,
  isUndefined,
  Markup,
  PyDict,
  PyFloat,
  PySet,
  PyTuple,
  typeName,
  Undefined,
  type Value,
} from '../values/model.ts';
import { runtimeError, undefinedError } from './failures.ts';
import { asComparable } from './numbers.ts';

/** Python's `==`. */
export function isEqual(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a === 'string')
    return typeof b === 'string' ? false : b instanceof Markup ? b.text === a : isHostEqual(a, b);
  if (a === null || b === null) return isHostEqual(a, b);
  const number = asComparable(a);
  if (number !== undefined) return isNumberEqual(number, a, b);
  if (isUndefined(a)) return isUndefined(b);
  if (a instanceof Markup) return b instanceof Markup ? b.text === a.text : b === a.text;
  if (Array.isArray(a)) return isListEqual(a, b);
  if (a instanceof PyDict) return b instanceof PyDict ? isDictEqual(a, b) : isHostEqual(a, b);
  if (a instanceof PySet) return b instanceof PySet && a.size === b.size && isSubset(a, b);
  return isHostEqual(a, b);
}

function isHostEqual(a: Value, b: Value): boolean {
  if (isHostObject(a)) return a.equals(b);
  return isHostObject(b) && b.equals(a);
}

function isNumberEqual(number: number | bigint, a: Value, b: Value): boolean {
  const other = asComparable(b);
  // Numbers and bigints compare exactly with == whatever their types.
  // biome-ignore lint/suspicious/noDoubleEquals: 1n == 1 is meant.
  return other === undefined ? isHostEqual(a, b) : number == other;
}

function isListEqual(a: readonly Value[], b: Value): boolean {
  if (!Array.isArray(b) || a instanceof PyTuple !== b instanceof PyTuple) return isHostObject(b) && b.equals([...a]);
  return a.length === b.length && a.every((item, i) => isEqual(item, b[i]));
}

function isDictEqual(a: PyDict, b: PyDict): boolean {
  return a.size === b.size && a.entries().every(([key, value]) => b.has(key) && isEqual(value, b.get(key)));
}

/** Whether every item of the first set is in the second. */
export function isSubset(a: PySet, b: PySet): boolean {
  for (const item of a) if (!b.has(item)) return false;
  return true;
}

/** Python's order: less than, equal to or greater than zero. The operator is for the message. */
export function compareValues(a: Value, b: Value, operator = '<'): number {
  const order = findOrder(a, b);
  if (order !== undefined) return order;
  if (isUndefined(a)) throw undefinedError(a);
  if (isUndefined(b)) throw undefinedError(b);
  throw runtimeError(`'${operator}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`);
}

function findOrder(a: Value, b: Value): number | undefined {
  const left = a instanceof Markup ? a.text : a;
  const right = b instanceof Markup ? b.text : b;
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right);
  const x = asComparable(left);
  const y = asComparable(right);
  if (x !== undefined && y !== undefined) return compareNumbers(x, y);
  if (Array.isArray(left) && Array.isArray(right) && left instanceof PyTuple === right instanceof PyTuple) {
    return compareLists(left, right);
  }
  if (isHostObject(left)) return left.compare(right);
  const reversed = isHostObject(right) ? right.compare(left) : undefined;
  return reversed === undefined ? undefined : -reversed;
}

function compareNumbers(a: number | bigint, b: number | bigint): number {
  if (a < b) return -1;
  if (a > b) return 1;
  return Number.isNaN(a) || Number.isNaN(b) ? Number.NaN : 0;
}

function compareLists(a: readonly Value[], b: readonly Value[]): number | undefined {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    if (!isEqual(a[i], b[i])) return findOrder(a[i], b[i]) ?? compareValues(a[i], b[i]);
  }
  return a.length - b.length;
}

/** By code points, which differ from UTF-16 units only beyond U+D800. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return x >= 0xd800 && y >= 0xd800 ? rankUnit(x) - rankUnit(y) : x - y;
  }
  return a.length - b.length;
}

function rankUnit(unit: number): number {
  return unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** Sets have an order by inclusion only. */
function compareSets(operator: string, a: PySet, b: PySet): boolean {
  const isWithin = operator[0] === '<' ? isSubset(a, b) : isSubset(b, a);
  return isWithin && (operator.length === 2 || a.size !== b.size);
}

/** `<`, `<=`, `>` or `>=`. */
export function isOrdered(operator: string, a: Value, b: Value): boolean {
  if (a instanceof PySet && b instanceof PySet) return compareSets(operator, a, b);
  const order = compareValues(a, b, operator);
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    default:
      return order >= 0;
  }
}

/** Python's `item in container`. */
export function isContained(item: Value, container: Value): boolean {
  const holder = container instanceof Markup ? container.text : container;
  if (typeof holder === 'string') {
    if (typeof item === 'string') return holder.includes(item);
    if (item instanceof Markup) return holder.includes(item.text);
    if (isUndefined(item)) throw undefinedError(item);
    throw runtimeError(`'in <string>' requires string as left operand, not ${typeName(item)}`);
  }
  if (Array.isArray(holder)) return holder.some((other) => isEqual(other, item));
  if (holder instanceof PyDict || holder instanceof PySet) return holder.has(item);
  if (holder === undefined || holder instanceof Undefined) return false;
  if (isHostObject(holder)) return holder.hasItem(item);
  throw runtimeError(`argument of type '${typeName(holder)}' is not iterable`);
}

/** Whether both are one and the same object, or equal values that are not objects. */
export function isIdentical(a: Value, b: Value): boolean {
  if (isUndefined(a) && isUndefined(b)) return a === b;
  return a === b || (a instanceof PyFloat && b instanceof PyFloat && a === b);
}
