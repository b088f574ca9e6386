import { compareValues } from '../runtime/compare.ts';
import { PyDict, PyTuple, typeName, type Value } from '../values/model.ts';
import { toRepr } from '../values/print.ts';

const lineWidth = 80;

/** A value as Python's `pprint.pformat` lays it out: on one line where it fits, dicts sorted by key. */
export function prettyPrint(value: Value): string {
  const text = toRepr(value);
  return text.length <= lineWidth && !text.includes('{') ? text : layOut(value, 0, 0);
}

/** `column` is where the value begins, `after` how many characters must fit behind it. */
function layOut(value: Value, column: number, after: number): string {
  const flat = toRepr(sortKeys(value));
  if (flat.length <= lineWidth - column - after) return flat;
  const separator = `,\n${' '.repeat(column + 1)}`;
  if (value instanceof PyDict && value.size > 0) {
    const entries = sortedEntries(value);
    const parts = entries.map(([key, item], i) => {
      const name = `${toRepr(key)}: `;
      return name + layOut(item, column + 1 + name.length, i === entries.length - 1 ? after + 1 : 1);
    });
    return `{${parts.join(separator)}}`;
  }
  if (!Array.isArray(value) || value.length === 0) return flat;
  const close = value instanceof PyTuple ? (value.length === 1 ? ',)' : ')') : ']';
  const parts = value.map((item, i) => layOut(item, column + 1, i === value.length - 1 ? after + close.length : 1));
  return (value instanceof PyTuple ? '(' : '[') + parts.join(separator) + close;
}

function sortKeys(value: Value): Value {
  if (value instanceof PyDict) return new PyDict(sortedEntries(value).map(([key, item]) => [key, sortKeys(item)]));
  if (value instanceof PyTuple) return PyTuple.make(Array.from(value, sortKeys));
  return Array.isArray(value) ? value.map(sortKeys) : value;
}

/** Keys that have no order are sorted by the names of their types. */
function sortedEntries(dict: PyDict): [Value, Value][] {
  return dict.entries().sort(([a], [b]) => {
    try {
      return compareValues(a, b);
    } catch {
      return compareValues(typeName(a), typeName(b));
    }
  });
}
