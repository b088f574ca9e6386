import { StrataError } from '../errors.ts';
import { PyDict, type Value } from './values/model.ts';
import { toText } from './values/print.ts';

/** Arguments by parameter name. It has no prototype, so every name is safe. */
export type BoundArguments = Record<string, Value>;

/** The parameters of a callable of the host. */
export interface Parameters {
  readonly names: readonly string[];
  /** How many of the names must be given; those in front. */
  readonly required: number;
  readonly rest: string | undefined;
  readonly options: string | undefined;
}

/** Reads `['name', 'default?', '*rest', '**options']`. */
export function parseParameters(list: readonly string[]): Parameters {
  const names: string[] = [];
  let required = 0;
  let rest: string | undefined;
  let options: string | undefined;
  for (const text of list) {
    if (text.startsWith('**')) options = text.slice(2);
    else if (text.startsWith('*')) rest = text.slice(1);
    else if (text.endsWith('?')) names.push(text.slice(0, -1));
    else required = names.push(text);
  }
  return { names, required, rest, options };
}

/** Matches arguments with parameters; unknown, missing and repeated ones are reported as Python does. */
export function bindArguments(
  callee: string,
  parameters: Parameters,
  args: readonly Value[],
  kwargs: PyDict | undefined,
): BoundArguments {
  const bound: BoundArguments = Object.create(null);
  const { names, rest, options } = parameters;
  for (let i = 0; i < names.length && i < args.length; i++) bound[names[i] ?? ''] = args[i] ?? null;
  if (rest !== undefined) bound[rest] = args.slice(names.length);
  else if (args.length > names.length) throw tooMany(callee, names.length, args.length);
  const further = options === undefined ? undefined : new PyDict();
  if (further !== undefined && options !== undefined) bound[options] = further;
  if (kwargs !== undefined) bindKeywords({ callee, parameters, bound, further }, kwargs);
  checkRequired(callee, parameters, bound);
  return bound;
}

interface Binding {
  readonly callee: string;
  readonly parameters: Parameters;
  readonly bound: BoundArguments;
  readonly further: PyDict | undefined;
}

function bindKeywords({ callee, parameters, bound, further }: Binding, kwargs: PyDict): void {
  for (const [key, value] of kwargs.entries()) {
    const name = toText(key);
    if (!parameters.names.includes(name)) {
      if (further === undefined) throw argumentError(`${callee}() got an unexpected keyword argument '${name}'`);
      further.set(name, value);
    } else if (name in bound) throw argumentError(`${callee}() got multiple values for argument '${name}'`);
    else bound[name] = value ?? null;
  }
}

function checkRequired(callee: string, { names, required }: Parameters, bound: BoundArguments): void {
  for (let i = 0; i < required; i++) {
    const name = names[i] ?? '';
    if (!(name in bound)) throw argumentError(`${callee}() missing 1 required positional argument: '${name}'`);
  }
}

function tooMany(callee: string, allowed: number, given: number): StrataError {
  const plural = allowed === 1 ? '' : 's';
  return argumentError(`${callee}() takes ${allowed} positional argument${plural} but ${given} were given`);
}

function argumentError(message: string): StrataError {
  return new StrataError('template-runtime', message);
}
