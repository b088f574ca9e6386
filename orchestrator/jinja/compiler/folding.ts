import { findFilter } from '../filters/registry.ts';
import { runtime } from '../runtime/runtime.ts';
import { Range } from '../runtime/sequences.ts';
import { RenderState } from '../state.ts';
import type { Expression } from '../syntax/nodes.ts';
import { findTest } from '../tests.ts';
import { isHostObject, isUndefined, PyDict, PySet, type Value } from '../values/model.ts';
import { contextFilters, listChildren, needsContext } from './constants.ts';
import { type CodeContext, writeExpression } from './expressions.ts';
import type { Unit } from './unit.ts';

/**
 * Whether Jinja2 computes an expression when it compiles. It shows only in slices of what has no slices: those are
 * undefined in an expression computed early, and an error in one computed later.
 */
export function canFold(node: Expression, isPrinted: boolean): boolean {
  if (needsContext(node) || !containsSlice(node)) return false;
  try {
    const value = evaluate(node);
    return isPrinted || isPlain(value);
  } catch {
    return false;
  }
}

function containsSlice(node: Expression): boolean {
  return node.typename === 'Slice' || listChildren(node).some(containsSlice);
}

const constantsOnly = {
  ...runtime,
  name: refuse,
  call: refuse,
  isDefined: refuse,
};

function refuse(): never {
  throw new Error('not a constant');
}

const unit: Unit = {
  file: '',
  macros: [],
  findTest,
  findFilter: (name) => (contextFilters.has(name) ? undefined : findFilter(name)),
};

function evaluate(node: Expression): Value {
  const variables = ['p'];
  const code: CodeContext = {
    scope: 's',
    input: undefined,
    isFolded: true,
    canFold: () => false,
    declare: () => `v${variables.push('') - 1}`,
    mark: () => 'p=0',
    constant: (value) => JSON.stringify(value),
  };
  const text = writeExpression(node, code);
  const names = variables.map((name, i) => name || `v${i}`).join(',');
  const run = new Function('r', 'u', 't', 's', `"use strict";return function*(){let ${names};return ${text}}`) as (
    ...args: readonly unknown[]
  ) => () => Generator<unknown, Value, unknown>;
  const step = run(constantsOnly, unit, new RenderState(), undefined)().next();
  return step.done === true ? step.value : refuse();
}

/** Whether Jinja2 can write the value into its code. */
function isPlain(value: Value): boolean {
  if (isUndefined(value)) return false;
  if (Array.isArray(value) || value instanceof PySet) return Array.from(value).every(isPlain);
  if (value instanceof PyDict) return value.entries().every((entry) => entry.every(isPlain));
  return !isHostObject(value) || value instanceof Range;
}
