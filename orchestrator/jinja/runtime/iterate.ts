import { isHostObject, isUndefined, Markup, PyDict, PySet, typeName, type Value } from '../values/model.ts';
import { countCharacters, splitCharacters } from '../values/text.ts';
import { runtimeError } from './failures.ts';

/** The items a loop over the value visits; JS undefined when it has none. */
export function findItems(value: Value): Iterable<Value> | undefined {
  if (Array.isArray(value)) return value;
  if (typeof value === 'string') return splitCharacters(value);
  if (isUndefined(value)) return [];
  if (typeof value !== 'object' || value === null) return undefined;
  if (value instanceof PyDict) return value.keys();
  if (value instanceof PySet) return [...value];
  if (value instanceof Markup) return splitCharacters(value.text);
  return isHostObject(value) ? value.iterate() : undefined;
}

/** The items a loop over the value visits. */
export function iterateValue(value: Value): Iterable<Value> {
  const items = findItems(value);
  if (items === undefined) throw runtimeError(`'${typeName(value)}' object is not iterable`);
  return items;
}

/** The items as an array that may be kept and changed. */
export function listItems(value: Value): Value[] {
  return Array.from(iterateValue(value));
}

/** `len()`, JS undefined when the value has none. */
export function findLength(value: Value): number | undefined {
  if (typeof value === 'string') return countCharacters(value);
  if (Array.isArray(value)) return value.length;
  if (isUndefined(value)) return 0;
  if (value instanceof PyDict || value instanceof PySet) return value.size;
  if (value instanceof Markup) return countCharacters(value.text);
  return isHostObject(value) ? value.length() : undefined;
}

/** Takes a value apart into so many items, for `set a, b = …` and `for a, b in …`. */
export function unpackValue(value: Value, count: number): Value[] {
  const items = listItems(value);
  if (items.length < count) {
    throw runtimeError(`not enough values to unpack (expected ${count}, got ${items.length})`);
  }
  if (items.length > count) throw runtimeError(`too many values to unpack (expected ${count})`);
  return items;
}
