import { compareValues, isEqual } from '../runtime/compare.ts';
import { checkItemCount, runtimeError } from '../runtime/failures.ts';
import { listItems } from '../runtime/iterate.ts';
import type { RenderState } from '../state.ts';
import { isHostObject, isTrue, type PyDict, type Value } from '../values/model.ts';
import { toRepr } from '../values/print.ts';
import {
  freeMethod,
  type MethodTable,
  method,
  optionalInteger,
  requireIndex,
  requireInteger,
  tabulate,
} from './method.ts';

function findIndex(self: readonly Value[], item: Value): number {
  return self.findIndex((other) => isEqual(other, item));
}

function indexOf(self: readonly Value[], [item, start, end]: readonly Value[]): number {
  const first = start === undefined ? 0 : requireIndex(start);
  const offset = first < 0 ? Math.max(0, first + self.length) : first;
  const index = findIndex(self.slice(offset, end === undefined ? undefined : requireIndex(end)), item);
  if (index < 0) throw runtimeError(`${toRepr(item)} is not in list`);
  return index + offset;
}

function count(self: readonly Value[], item: Value): number {
  return self.filter((other) => isEqual(other, item)).length;
}

function insert(self: Value[], position: Value, item: Value): null {
  const index = requireInteger(position);
  self.splice(index < 0 ? Math.max(0, index + self.length) : index, 0, item);
  checkItemCount(self.length);
  return null;
}

function extend(self: Value[], items: Value): null {
  const added = listItems(items);
  checkItemCount(self.length + added.length);
  for (const item of added) self.push(item);
  return null;
}

function pop(self: Value[], position: Value): Value {
  if (self.length === 0) throw runtimeError('pop from empty list');
  const index = optionalInteger(position, -1);
  const place = index < 0 ? index + self.length : index;
  if (place < 0 || place >= self.length) throw runtimeError('pop index out of range');
  return self.splice(place, 1)[0];
}

function remove(self: Value[], item: Value): null {
  const index = findIndex(self, item);
  if (index < 0) throw runtimeError('list.remove(x): x not in list');
  self.splice(index, 1);
  return null;
}

function sort(self: Value[], kwargs: PyDict | undefined, state: RenderState): null {
  const key = kwargs?.get('key');
  const keyed = self.map((item) => ({
    item,
    key: key === undefined || key === null ? item : callKey(key, item, state),
  }));
  const sign = isTrue(kwargs?.get('reverse')) ? -1 : 1;
  keyed.sort((a, b) => sign * compareValues(a.key, b.key));
  self.splice(0, self.length, ...keyed.map((entry) => entry.item));
  return null;
}

function callKey(key: Value, item: Value, state: RenderState): Value {
  if (!isHostObject(key)) throw runtimeError('The key is not callable.');
  const result = key.call([item], undefined, state);
  if (typeof result !== 'object' || result === null || !('next' in result)) return result;
  const step = result.next();
  if (step.done === true) return step.value;
  throw runtimeError('The key of a sort cannot ask the warehouse.');
}

/** The methods of `tuple`. */
export const tupleMethods: MethodTable<Value[]> = tabulate([
  method('index', [1, 3], (self, args) => indexOf(self, args)),
  method('count', [1, 1], (self, [item]) => count(self, item)),
]);

/** The methods of `list`. */
export const listMethods: MethodTable<Value[]> = tabulate<Value[]>([
  ...tupleMethods.values(),
  method('append', [1, 1], (self, [item]) => {
    checkItemCount(self.push(item));
    return null;
  }),
  method('extend', [1, 1], (self, [items]) => extend(self, items)),
  method('insert', [2, 2], (self, [position, item]) => insert(self, position, item)),
  method('pop', [0, 1], (self, [position]) => pop(self, position)),
  method('remove', [1, 1], (self, [item]) => remove(self, item)),
  method('clear', [0, 0], (self) => {
    self.length = 0;
    return null;
  }),
  method('copy', [0, 0], (self) => [...self]),
  method('reverse', [0, 0], (self) => {
    self.reverse();
    return null;
  }),
  freeMethod('sort', (self, args, kwargs, state) => {
    if (args.length > 0) throw runtimeError('sort() takes no positional arguments');
    return sort(self, kwargs, state);
  }),
]);
