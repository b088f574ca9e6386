import { findFilter } from '../filters/registry.ts';
import { runtime } from '../runtime/runtime.ts';
import { Range } from '../runtime/sequences.ts';
import { RenderState } from '../state.ts';
import type { Expression } from '../syntax/nodes.ts';
import { findTest } from '../tests.ts';
import { isHostObject, isUndefined, PyDict, PySet, type Value } from '../values/model.ts';
import { type CodeContext, writeExpression } from './expressions.ts';
import type { Unit } from './unit.ts';

/** Filters that look at the template's variables, so that Jinja2 does not run them early. */
const contextFilters: ReadonlySet<string> = new Set(['map', 'select', 'reject', 'selectattr', 'rejectattr', 'random']);

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

/** Whether computing the expression certainly meets a variable or a call. */
function needsContext(node: Expression): boolean {
  switch (node.typename) {
    case 'Name':
    case 'Call':
      return true;
    case 'Or':
    case 'And':
      return needsContext(node.left);
    case 'Conditional':
      return needsContext(node.condition);
    case 'Filter':
      return contextFilters.has(node.name) || listChildren(node).some(needsContext);
    default:
      return listChildren(node).some(needsContext);
  }
}

function containsSlice(node: Expression): boolean {
  return node.typename === 'Slice' || listChildren(node).some(containsSlice);
}

function listChildren(node: object): Expression[] {
  const children: Expression[] = [];
  for (const child of Object.values(node)) {
    if (typeof child !== 'object' || child === null) continue;
    if ('typename' in child) children.push(child as Expression);
    else children.push(...listChildren(child));
  }
  return children;
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
