import { runtimeError } from '../runtime/failures.ts';
import { iterateValue, unpackValue } from '../runtime/iterate.ts';
import { DictView } from '../runtime/sequences.ts';
import { PyDict, PyTuple, type Value } from '../values/model.ts';
import { toRepr } from '../values/print.ts';
import { freeMethod, type MethodTable, method, tabulate } from './method.ts';

/** The entries of a dict, or of pairs, as `dict()` and `update` take them. */
export function readEntries(source: Value): (readonly [Value, Value])[] {
  if (source instanceof PyDict) return source.entries();
  return Array.from(iterateValue(source), (pair) => {
    const [key, value] = unpackValue(pair, 2);
    return [key, value] as const;
  });
}

function pop(self: PyDict, key: Value, fallback: Value): Value {
  if (!self.has(key)) {
    if (fallback === undefined) throw runtimeError(`The dict has no key ${toRepr(key)}.`);
    return fallback;
  }
  const value = self.get(key);
  self.delete(key);
  return value;
}

function popItem(self: PyDict): Value {
  const entry = self.entries().at(-1);
  if (entry === undefined) throw runtimeError('popitem(): dictionary is empty');
  self.delete(entry[0]);
  return PyTuple.make(entry);
}

function setDefault(self: PyDict, key: Value, value: Value): Value {
  if (!self.has(key)) self.set(key, value ?? null);
  return self.get(key);
}

function update(self: PyDict, args: readonly Value[], kwargs: PyDict | undefined): null {
  if (args.length > 1) throw runtimeError(`update expected at most 1 argument, got ${args.length}`);
  for (const source of [...args, ...(kwargs === undefined ? [] : [kwargs])]) {
    for (const [key, value] of readEntries(source)) self.set(key, value);
  }
  return null;
}

/** The methods of `dict`. */
export const dictMethods: MethodTable<PyDict> = tabulate<PyDict>([
  method('keys', [0, 0], (self) => new DictView(self, 'keys')),
  method('values', [0, 0], (self) => new DictView(self, 'values')),
  method('items', [0, 0], (self) => new DictView(self, 'items')),
  method('get', [1, 2], (self, [key, fallback]) => (self.has(key) ? self.get(key) : (fallback ?? null))),
  method('pop', [1, 2], (self, [key, fallback]) => pop(self, key, fallback)),
  method('popitem', [0, 0], popItem),
  method('setdefault', [1, 2], (self, [key, value]) => setDefault(self, key, value)),
  freeMethod('update', update),
  method('copy', [0, 0], (self) => new PyDict(self.entries())),
  method('clear', [0, 0], (self) => {
    self.clear();
    return null;
  }),
  method(
    'fromkeys',
    [1, 2],
    (_self, [keys, value]) => new PyDict(Array.from(iterateValue(keys), (key) => [key, value ?? null])),
  ),
]);
