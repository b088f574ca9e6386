import { runtimeError } from '../runtime/failures.ts';
import type { RenderState } from '../state.ts';
import type { TemplateTest } from '../tests.ts';
import type { PyDict, Value } from '../values/model.ts';
import { toText } from '../values/print.ts';

/** What a filter or test may need besides its arguments. */
export interface FilterContext {
  readonly state: RenderState;
  findFilter(name: string): Filter | undefined;
  findTest(name: string): TemplateTest | undefined;
}

/** A filter: a function of a value and arguments, the latter in the order of the parameters. */
export interface Filter {
  readonly name: string;
  readonly parameters: readonly string[];
  /** How many parameters, from the first on, have to be given. */
  readonly required: number;
  /** Whether it takes whatever arguments it is given, keywords included. */
  readonly isVariadic: boolean;
  run(value: Value, args: readonly Value[], context: FilterContext, kwargs: PyDict | undefined): Value;
}

/** A filter with named parameters; a name that ends in `?` may be left out and is then JS undefined. */
export function filter(name: string, parameters: readonly string[], run: Filter['run']): Filter {
  const names = parameters.map((parameter) => parameter.replace('?', ''));
  const required = parameters.filter((parameter) => !parameter.endsWith('?')).length;
  return { name, parameters: names, required, isVariadic: false, run };
}

/** A filter that takes any arguments. */
export function variadicFilter(name: string, run: Filter['run']): Filter {
  return { name, parameters: [], required: 0, isVariadic: true, run };
}

/** The arguments of a filter or test, in the order of its parameters. */
interface Given {
  readonly args: readonly Value[];
  readonly kwargs: PyDict | undefined;
}

/** Runs a filter after matching the arguments with its parameters. */
export function applyFilter(applied: Filter, value: Value, given: Given, context: FilterContext): Value {
  if (applied.isVariadic) return applied.run(value, given.args, context, given.kwargs);
  const args = arrangeArguments(applied, given);
  return applied.run(value, args, context, undefined);
}

function arrangeArguments({ name, parameters, required }: Filter, { args, kwargs }: Given): readonly Value[] {
  if (args.length > parameters.length) {
    throw runtimeError(
      `The filter '${name}' takes at most ${parameters.length} argument(s), ${args.length} were given.`,
    );
  }
  const all = kwargs === undefined ? args : addKeywords(name, parameters, args, kwargs);
  for (let i = args.length; i < required; i++) {
    if (all[i] === undefined) throw runtimeError(`The filter '${name}' needs the argument '${parameters[i]}'.`);
  }
  return all;
}

function addKeywords(name: string, parameters: readonly string[], args: readonly Value[], kwargs: PyDict): Value[] {
  const all = [...args];
  for (const [key, value] of kwargs.entries()) {
    const index = parameters.indexOf(toText(key));
    if (index < 0) throw runtimeError(`The filter '${name}' has no argument '${toText(key)}'.`);
    if (index < args.length)
      throw runtimeError(`The filter '${name}' got two values for the argument '${toText(key)}'.`);
    all[index] = value;
  }
  return all;
}
