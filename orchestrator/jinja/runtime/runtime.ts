import { decodePosition, type Unit } from '../compiler/unit.ts';
import { applyFilter } from '../filters/filter.ts';
import { Namespace } from '../globals.ts';
import type { Pending } from '../host.ts';
import { isPending, Macro, type MacroDefinition, runMacro } from '../macro.ts';
import { Scope } from '../scope.ts';
import type { RenderState } from '../state.ts';
import { applyTest } from '../tests.ts';
import {
  isHostObject,
  isTrue,
  isUndefined,
  Markup,
  PyDict,
  PyFloat,
  PyTuple,
  typeName,
  Undefined,
  type Value,
} from '../values/model.ts';
import { toText } from '../values/print.ts';
import { getAttribute, getItem, getSlice } from './access.ts';
import { isContained, isEqual, isOrdered } from './compare.ts';
import { runtimeError, undefinedError } from './failures.ts';
import { iterateValue, listItems, unpackValue } from './iterate.ts';
import { locateError } from './locate.ts';
import { Loop, type Recurse } from './loop.ts';
import { compute, computeSign, concatenate, requireMapping } from './operators.ts';
import { Slice } from './slice.ts';

/** Calls a value from a template; the result may have to be run as a generator. */
function call(
  callee: Value,
  args: readonly Value[],
  kwargs: PyDict | undefined,
  state: RenderState,
  ...[unit, position]: readonly [Unit, number]
): Value | Pending {
  if (callee instanceof Macro) {
    return runMacro(callee, { args, kwargs }, state, { file: unit.file, line: decodePosition(position).line });
  }
  return callAny(callee, args, kwargs, state);
}

/** Calls a value that is not known to be a macro. */
export function callAny(
  callee: Value,
  args: readonly Value[],
  kwargs: PyDict | undefined,
  state: RenderState,
): Value | Pending {
  if (isHostObject(callee)) return callee.call(args, kwargs, state) ?? null;
  if (isUndefined(callee)) throw undefinedError(callee);
  throw runtimeError(`'${typeName(callee)}' object is not callable`);
}

function filter(
  name: string,
  value: Value,
  args: readonly Value[],
  kwargs: PyDict | undefined,
  ...[state, unit]: readonly [RenderState, Unit]
): Value {
  const found = unit.findFilter(name);
  if (found === undefined) throw runtimeError(`No filter named '${name}' found.`);
  return applyFilter(found, value, { args, kwargs }, { state, findFilter: unit.findFilter, findTest: unit.findTest });
}

function test(
  name: string,
  value: Value,
  args: readonly Value[],
  kwargs: PyDict | undefined,
  ...[state, unit]: readonly [RenderState, Unit]
): boolean {
  const found = unit.findTest(name);
  if (found === undefined) throw runtimeError(`No test named '${name}' found.`);
  return applyTest(found, value, { args, kwargs }, { state, findFilter: unit.findFilter, findTest: unit.findTest });
}

function compare(operator: string, a: Value, b: Value): boolean {
  switch (operator) {
    case '==':
      return isEqual(a, b);
    case '!=':
      return !isEqual(a, b);
    case 'in':
      return isContained(a, b);
    case 'not in':
      return !isContained(a, b);
    default:
      return isOrdered(operator, a, b);
  }
}

/** The keywords of a call: names and values by turns, and those of a mapping. */
function keywords(pairs: readonly Value[], further?: Value): PyDict {
  const result = dict(pairs);
  if (further === undefined) return result;
  for (const [key, value] of requireMapping(further).entries()) {
    if (result.has(key)) throw runtimeError(`got multiple values for keyword argument '${toText(key)}'`);
    result.set(key, value);
  }
  return result;
}

function dict(pairs: readonly Value[]): PyDict {
  const result = new PyDict();
  for (let i = 0; i < pairs.length; i += 2) result.set(pairs[i], pairs[i + 1]);
  return result;
}

/** The text of a filter block, whose filters have to give text. */
function filtered(value: Value): string {
  if (typeof value === 'string' || value instanceof Markup) return toText(value);
  throw runtimeError(`The filters of a filter block have to give text, not ${typeName(value)}.`);
}

function setNamespace(...[scope, name, attribute, value]: readonly [Scope, string, string, Value]): void {
  const namespace = scope.get(name);
  if (!(namespace instanceof Namespace)) throw runtimeError('cannot assign attribute on non-namespace object');
  namespace.set(attribute, value);
}

/** What generated code may use, and nothing else: it sees this object as `r`. */
export const runtime = {
  call,
  filter,
  test,
  compare,
  keywords,
  dict,
  setNamespace,
  filtered,
  compute,
  concatenate,
  isPending,
  isTrue,
  attribute: getAttribute,
  item: getItem,
  iterate: iterateValue,
  locate: locateError,
  sign: computeSign,
  text: toText,
  tuple: PyTuple.make,
  unpack: unpackValue,
  float: (value: number) => new PyFloat(value),
  isDefined: (scope: Scope, name: string) => !isUndefined(scope.get(name)),
  lazily: (select: (items: Iterable<Value>) => Iterable<Value>, items: Iterable<Value>) => select(items),
  loop: (items: Iterable<Value>, depth: number, recurse: Recurse | undefined) => new Loop(items, depth, recurse),
  macro: (definition: MacroDefinition, scope: Scope) => new Macro(definition, scope),
  name: (scope: Scope, name: string) => {
    const value = scope.get(name);
    return value === undefined ? new Undefined(name) : value;
  },
  noElse: () => new Undefined('', 'the inline if-expression evaluated to false and no else section was defined.'),
  noParameter: (name: string) => new Undefined(name, `parameter '${name}' was not provided`),
  scope: (outer: Scope) => new Scope(outer),
  slicePart: getSlice,
  slice: (start: Value, stop: Value, step: Value) => new Slice(start, stop, step),
  spread: (args: readonly Value[], further: Value) => [...args, ...listItems(further)],
  withCaller: (caller: Macro, kwargs: PyDict | undefined) => (kwargs ?? new PyDict()).set('caller', caller),
};
