import { isSubset } from '../runtime/compare.ts';
import { runtimeError } from '../runtime/failures.ts';
import { iterateValue } from '../runtime/iterate.ts';
import { PySet, type Value } from '../values/model.ts';
import { toRepr } from '../values/print.ts';
import { type Method, type MethodTable, method, tabulate } from './method.ts';

function toSet(value: Value): PySet {
  return value instanceof PySet ? value : new PySet(iterateValue(value));
}

/** A method that combines the set with any number of others, and its form that changes the set itself. */
function combine(
  names: readonly [string, string],
  step: (self: PySet, other: PySet) => Iterable<Value>,
): Method<PySet>[] {
  const fold = (self: PySet, others: readonly Value[]) =>
    others.reduce<PySet>((result, other) => new PySet([...step(result, toSet(other))]), new PySet(self));
  return [
    method(names[0], [0, Number.POSITIVE_INFINITY], fold),
    method(names[1], [0, Number.POSITIVE_INFINITY], (self, others) => {
      const items = [...fold(self, others)];
      self.clear();
      for (const item of items) self.add(item);
      return null;
    }),
  ];
}

function remove(self: PySet, item: Value): null {
  if (!self.delete(item)) throw runtimeError(`The set has no item ${toRepr(item)}.`);
  return null;
}

function pop(self: PySet): Value {
  for (const item of self) {
    self.delete(item);
    return item;
  }
  throw runtimeError('pop from an empty set');
}

function without(self: PySet, other: PySet): Value[] {
  return [...self].filter((item) => !other.has(item));
}

/** The methods of `set`. */
export const setMethods: MethodTable<PySet> = tabulate([
  method('add', [1, 1], (self, [item]) => {
    self.add(item);
    return null;
  }),
  method('discard', [1, 1], (self, [item]) => {
    self.delete(item);
    return null;
  }),
  method('remove', [1, 1], (self, [item]) => remove(self, item)),
  method('pop', [0, 0], pop),
  method('clear', [0, 0], (self) => {
    self.clear();
    return null;
  }),
  method('copy', [0, 0], (self) => new PySet(self)),
  method('issubset', [1, 1], (self, [other]) => isSubset(self, toSet(other))),
  method('issuperset', [1, 1], (self, [other]) => isSubset(toSet(other), self)),
  method('isdisjoint', [1, 1], (self, [other]) => without(self, toSet(other)).length === self.size),
  ...combine(['union', 'update'], (self, other) => [...self, ...other]),
  ...combine(['intersection', 'intersection_update'], (self, other) => [...self].filter((item) => other.has(item))),
  ...combine(['difference', 'difference_update'], without),
  ...combine(['symmetric_difference', 'symmetric_difference_update'], (self, other) => [
    ...without(self, other),
    ...without(other, self),
  ]),
]);
