import type { FilterContext } from './filters/filter.ts';
import { isLowerText, isUpperText } from './methods/letter-case.ts';
import { isContained, isEqual, isIdentical, isOrdered } from './runtime/compare.ts';
import { runtimeError } from './runtime/failures.ts';
import { findItems, findLength } from './runtime/iterate.ts';
import { asNumber } from './runtime/numbers.ts';
import { compute } from './runtime/operators.ts';
import { hashKey, isHostObject, isUndefined, Markup, PyDict, PyFloat, PySet, type Value } from './values/model.ts';
import { toText } from './values/print.ts';

/** A test, as `value is name(argument)` calls it. */
export interface TemplateTest {
  readonly name: string;
  /** The names of its arguments; all have to be given. */
  readonly parameters: readonly string[];
  run(value: Value, argument: Value, context: FilterContext): boolean;
}

/** The arguments a test was given. */
interface Given {
  readonly args: readonly Value[];
  readonly kwargs: PyDict | undefined;
}

/** Runs a test after matching the arguments with its parameters. */
export function applyTest(test: TemplateTest, value: Value, { args, kwargs }: Given, context: FilterContext): boolean {
  const all = [...args];
  for (const [key, argument] of kwargs?.entries() ?? []) {
    const index = test.parameters.indexOf(toText(key));
    if (index < 0 || index < args.length)
      throw runtimeError(`The test '${test.name}' got an argument '${toText(key)}'.`);
    all[index] = argument;
  }
  if (all.length !== test.parameters.length) {
    throw runtimeError(
      `The test '${test.name}' takes ${test.parameters.length} argument(s), ${all.length} were given.`,
    );
  }
  return test.run(value, all[0], context);
}

function plain(name: string, run: (value: Value) => boolean): TemplateTest {
  return { name, parameters: [], run };
}

function binary(names: readonly string[], run: (value: Value, other: Value) => boolean): TemplateTest[] {
  return names.map((name) => ({ name, parameters: [name === 'in' ? 'seq' : 'other'], run }));
}

function isSequence(value: Value): boolean {
  if (isHostObject(value)) return value.isSequence || value.isMapping;
  return !(value instanceof PySet) && findLength(value) !== undefined;
}

function isInteger(value: Value): boolean {
  return typeof value === 'number' || typeof value === 'bigint';
}

function hasRemainder(value: Value, divisor: Value, remainder: number): boolean {
  return isEqual(compute('%', value, divisor), remainder);
}

const tests: readonly TemplateTest[] = [
  plain('odd', (value) => hasRemainder(value, 2, 1)),
  plain('even', (value) => hasRemainder(value, 2, 0)),
  { name: 'divisibleby', parameters: ['num'], run: (value, divisor) => hasRemainder(value, divisor, 0) },
  plain('defined', (value) => !isUndefined(value)),
  plain('undefined', isUndefined),
  { name: 'filter', parameters: [], run: (value, _argument, context) => isKnown(value, context.findFilter) },
  { name: 'test', parameters: [], run: (value, _argument, context) => isKnown(value, context.findTest) },
  plain('none', (value) => value === null),
  plain('boolean', (value) => typeof value === 'boolean'),
  plain('false', (value) => value === false),
  plain('true', (value) => value === true),
  plain('integer', isInteger),
  plain('float', (value) => value instanceof PyFloat),
  plain('lower', (value) => isLowerText(toText(value))),
  plain('upper', (value) => isUpperText(toText(value))),
  plain('string', (value) => typeof value === 'string' || value instanceof Markup),
  plain('mapping', (value) => value instanceof PyDict || (isHostObject(value) && value.isMapping)),
  plain('number', (value) => asNumber(value) !== undefined),
  plain('sequence', isSequence),
  plain('iterable', (value) => findItems(value) !== undefined),
  plain('callable', (value) => isUndefined(value) || (isHostObject(value) && value.isCallable)),
  ...binary(['sameas'], isIdentical),
  plain('escaped', (value) => value instanceof Markup),
  ...binary(['in'], isContained),
  ...binary(['==', 'eq', 'equalto'], isEqual),
  ...binary(['!=', 'ne'], (value, other) => !isEqual(value, other)),
  ...binary(['>', 'gt', 'greaterthan'], (value, other) => isOrdered('>', value, other)),
  ...binary(['>=', 'ge'], (value, other) => isOrdered('>=', value, other)),
  ...binary(['<', 'lt', 'lessthan'], (value, other) => isOrdered('<', value, other)),
  ...binary(['<=', 'le'], (value, other) => isOrdered('<=', value, other)),
];

function isKnown(value: Value, find: (name: string) => unknown): boolean {
  hashKey(value);
  return typeof value === 'string' && find(value) !== undefined;
}

const table: ReadonlyMap<string, TemplateTest> = new Map(tests.map((test) => [test.name, test]));

/** The names of all tests. */
export const testNames: readonly string[] = [...table.keys()];

/** The test of that name. */
export function findTest(name: string): TemplateTest | undefined {
  return table.get(name);
}
