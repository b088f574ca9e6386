import { dictMethods } from '../methods/dict.ts';
import { listMethods, tupleMethods } from '../methods/list.ts';
import { markupMethods } from '../methods/markup.ts';
import { BoundMethod, freeMethod, type Method, type MethodTable, method, tabulate } from '../methods/method.ts';
import { numberAttribute } from '../methods/number.ts';
import { setMethods } from '../methods/set.ts';
import { stringMethods } from '../methods/string.ts';
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
import { toRepr, toText } from '../values/print.ts';
import { countCharacters, splitCharacters } from '../values/text.ts';
import { runtimeError, undefinedError } from './failures.ts';
import { formatFields, type Lookup } from './format-fields.ts';
import { asInteger } from './numbers.ts';
import { requireMapping } from './operators.ts';
import { GroupTuple } from './sequences.ts';
import { Slice, sliceValue } from './slice.ts';

/** `target.name`: a method or attribute that is on the type's list, else an item, else undefined. */
export function getAttribute(target: Value, name: string): Value {
  if (isUndefined(target)) throw undefinedError(target);
  if (isHostObject(target)) {
    const part = target.getAttribute(name);
    return part === undefined ? given(target.getItem(name), target, name) : part;
  }
  const found = findMethod(target, name);
  if (found !== undefined) return found;
  if (target instanceof PyDict && target.has(name)) return target.get(name) ?? null;
  return missingAttribute(target, name);
}

/** `target[key]`: an item, else an attribute of that name, else undefined. */
export function getItem(target: Value, key: Value): Value {
  if (isUndefined(target)) throw undefinedError(target);
  const item = findItem(target, key);
  if (item !== undefined) return item;
  if (typeof key !== 'string') return missingItem(target, key);
  if (isHostObject(target)) return given(target.getAttribute(key), target, key);
  return findMethod(target, key) ?? missingAttribute(target, key);
}

/** `target[start:stop:step]`, which fails where `target[key]` would be undefined: so Jinja2 compiles it. */
export function getSlice(target: Value, slice: Slice): Value {
  if (isUndefined(target)) throw undefinedError(target);
  const part = sliceValue(target, slice);
  if (part !== undefined) return part;
  throw runtimeError(
    `'${typeName(target)}' object cannot be sliced by ${toRepr([slice.start, slice.stop, slice.step])}`,
  );
}

function findItem(target: Value, key: Value): Value {
  if (key instanceof Slice) return sliceValue(target, key);
  if (target instanceof PyDict) return isHashable(key) && target.has(key) ? (target.get(key) ?? null) : undefined;
  if (isHostObject(target)) return target.getItem(key);
  const index = asInteger(key);
  if (index === undefined) return undefined;
  if (Array.isArray(target)) return at(target, Number(index));
  if (typeof target === 'string') return characterAt(target, Number(index));
  if (target instanceof Markup) {
    const character = characterAt(target.text, Number(index));
    return character === undefined ? undefined : new Markup(character);
  }
  return undefined;
}

function isHashable(key: Value): boolean {
  return !((Array.isArray(key) && !(key instanceof PyTuple)) || key instanceof PyDict || key instanceof PySet);
}

function at(items: readonly Value[], index: number): Value {
  const position = index < 0 ? index + items.length : index;
  return position in items ? (items[position] ?? null) : undefined;
}

function characterAt(text: string, index: number): string | undefined {
  if (countCharacters(text) === text.length) return text.at(index);
  return splitCharacters(text).at(index);
}

/** The attribute as `attr` finds it: never an item. */
export function getOwnAttribute(target: Value, name: string): Value {
  if (isHostObject(target)) return given(target.getAttribute(name), target, name);
  if (isUndefined(target)) throw undefinedError(target);
  return findMethod(target, name) ?? missingAttribute(target, name);
}

function findMethod(target: Exclude<Value, undefined>, name: string): Value {
  if (typeof target === 'string') return bind(target, stringMethods.get(name) ?? formatMethods.get(name));
  if (target instanceof GroupTuple) return target.part(name) ?? bind<Value[]>(target, tupleMethods.get(name));
  if (target instanceof PyTuple) return bind<Value[]>(target, tupleMethods.get(name));
  if (Array.isArray(target)) return bind(target, listMethods.get(name));
  if (target instanceof PyDict) return bind(target, dictMethods.get(name));
  if (target instanceof PySet) return bind(target, setMethods.get(name));
  if (target instanceof Markup) return bind(target, markupMethods.get(name) ?? formatMethods.get(name));
  if (
    typeof target === 'number' ||
    typeof target === 'boolean' ||
    typeof target === 'bigint' ||
    target instanceof PyFloat
  ) {
    return numberAttribute(target, name);
  }
  return undefined;
}

function bind<Self extends Value>(self: Self, found: Method<Self> | undefined): Value {
  return found === undefined ? undefined : new BoundMethod(self, found);
}

const lookup: Lookup = { attribute: getAttribute, item: getItem };

const formatMethods: MethodTable<string | Markup> = tabulate([
  freeMethod('format', (self, args, kwargs) => formatFields(self, { args, kwargs }, lookup)),
  method('format_map', [1, 1], (self, [mapping]) =>
    formatFields(self, { args: [], kwargs: requireMapping(mapping) }, lookup),
  ),
]);

/** What was found under a name, which may be none; undefined says that there is nothing. */
function given(found: Value, target: Value, name: string): Value {
  return found === undefined ? missingAttribute(target, name) : found;
}

function missingAttribute(target: Value, name: string): Undefined {
  return new Undefined(name, `'${describe(target)}' has no attribute '${name}'`);
}

function missingItem(target: Value, key: Value): Undefined {
  return new Undefined(toText(key), `${describe(target)} has no element ${toRepr(key)}`);
}

function describe(target: Value): string {
  return target === null ? 'None' : `${typeName(target)} object`;
}
