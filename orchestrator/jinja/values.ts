import { isHostObject, Markup, PyDict, PyFloat, PySet, PyTuple, Undefined, type Value } from './values/model.ts';
import { toText } from './values/print.ts';

export {
  isTrue,
  Markup,
  PyDecimal,
  PyDict,
  PyFloat,
  PySet,
  PyTuple,
  typeName,
  Undefined,
  type Value,
} from './values/model.ts';
export { toRepr, toText } from './values/print.ts';

/** Template values of JSON-like JS data: plain objects become dicts, non-integer numbers floats; host objects stay. */
export function toValue(data: unknown): Value {
  switch (typeof data) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return data;
    case 'number':
      return Number.isInteger(data) ? integerValue(BigInt(data)) : new PyFloat(data);
    case 'bigint':
      return integerValue(data);
    case 'object':
      return objectValue(data);
    default:
      throw new TypeError(`A ${typeof data} is no template value.`);
  }
}

function integerValue(data: bigint): number | bigint {
  const number = Number(data);
  return Number.isSafeInteger(number) ? number : data;
}

function objectValue(data: object | null): Value {
  if (data === null || isValueObject(data)) return data;
  if (Array.isArray(data)) return data instanceof PyTuple ? data : data.map(toValue);
  if (data instanceof Date) return formatDate(data);
  if (data instanceof Set) return new PySet(Array.from(data, toValue));
  if (data instanceof Map) return new PyDict(Array.from(data, ([key, value]) => [toValue(key), toValue(value)]));
  const prototype: unknown = Object.getPrototypeOf(data);
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError('The object is no template value.');
  return new PyDict(Object.entries(data).map(([key, value]) => [key, toValue(value)]));
}

function isValueObject(data: object): data is PyDict | PySet | PyFloat | Markup | Undefined {
  return (
    data instanceof PyDict ||
    data instanceof PyFloat ||
    data instanceof PySet ||
    data instanceof Markup ||
    data instanceof Undefined ||
    isHostObject(data)
  );
}

function formatDate(date: Date): string {
  const text = date.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.replace('T', ' ').replace(/(\.000)?Z$/, '');
}

/** Plain JS data of a template value: dicts become objects, tuples and sets arrays, undefined values null. */
export function fromValue(value: Value): unknown {
  if (typeof value !== 'object') return value ?? null;
  if (value === null || value instanceof Undefined) return null;
  if (Array.isArray(value) || value instanceof PySet) return Array.from(value, fromValue);
  if (value instanceof PyDict) {
    return Object.fromEntries(value.entries().map(([key, item]) => [toText(key), fromValue(item)]));
  }
  if (value instanceof PyFloat) return value.value;
  if (value instanceof Markup) return value.text;
  return value.toData();
}
