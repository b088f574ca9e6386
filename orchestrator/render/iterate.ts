import { StrataError } from '../errors.ts';
import { HostObject } from '../jinja/host.ts';
import { PyDict, PySet, typeName, type Value } from '../jinja/values.ts';

/** The items of anything Python can iterate: lists, tuples, sets, keys of dicts, characters, host sequences. */
export function iterateValue(value: Value): Iterable<Value> {
  if (Array.isArray(value) || typeof value === 'string') return value;
  if (value instanceof PyDict) return value.keys();
  if (value instanceof PySet) return value;
  const items = value instanceof HostObject ? value.iterate() : undefined;
  if (items !== undefined) return items;
  throw new StrataError('template-runtime', `'${typeName(value)}' object is not iterable`);
}
