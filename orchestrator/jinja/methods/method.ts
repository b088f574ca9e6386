import { HostObject, type Pending } from '../host.ts';
import { runtimeError, undefinedError } from '../runtime/failures.ts';
import { asInteger } from '../runtime/numbers.ts';
import type { RenderState } from '../state.ts';
import { isUndefined, Markup, type PyDict, typeName, type Value } from '../values/model.ts';
import { toText } from '../values/print.ts';

/** A method of a built-in type. */
export interface Method<Self> {
  readonly name: string;
  /** Positional arguments it needs and takes at most. */
  readonly minimum: number;
  readonly maximum: number;
  /** Parameters that may be given by name, in order; undefined where `run` takes keywords itself. */
  readonly keywords: readonly string[] | undefined;
  run(self: Self, args: readonly Value[], kwargs: PyDict | undefined, state: RenderState): Value;
}

/** Methods by name. */
export type MethodTable<Self> = ReadonlyMap<string, Method<Self>>;

/** A method that takes from `minimum` to `maximum` positional arguments, some of them also by name. */
export function method<Self>(
  name: string,
  [minimum, maximum]: readonly [number, number],
  run: Method<Self>['run'],
  keywords: readonly string[] = [],
): Method<Self> {
  return { name, minimum, maximum, keywords, run };
}

/** A method that checks its arguments itself, keywords included. */
export function freeMethod<Self>(name: string, run: Method<Self>['run']): Method<Self> {
  return { name, minimum: 0, maximum: 0, keywords: undefined, run };
}

/** Puts methods into a table. */
export function tabulate<Self>(methods: readonly Method<Self>[]): MethodTable<Self> {
  return new Map(methods.map((entry) => [entry.name, entry]));
}

/** A method of a value, ready to be called. */
export class BoundMethod<Self extends Value> extends HostObject {
  readonly typeName = 'builtin_function_or_method';
  readonly #self: Self;
  readonly #method: Method<Self>;

  constructor(self: Self, bound: Method<Self>) {
    super();
    this.#self = self;
    this.#method = bound;
  }

  override call(args: readonly Value[], kwargs: PyDict | undefined, state: RenderState): Value | Pending {
    const { name, minimum, maximum, keywords } = this.#method;
    if (keywords === undefined) return this.#method.run(this.#self, args, kwargs, state);
    const all = kwargs === undefined ? args : mergeKeywords(name, keywords, args, kwargs);
    if (all.length < minimum)
      throw runtimeError(`${name}() takes at least ${minimum} argument(s) (${all.length} given)`);
    if (all.length > maximum)
      throw runtimeError(`${name}() takes at most ${maximum} argument(s) (${all.length} given)`);
    return this.#method.run(this.#self, all, undefined, state);
  }

  override toRepr(): string {
    return `<built-in method ${this.#method.name}>`;
  }
}

function mergeKeywords(name: string, keywords: readonly string[], args: readonly Value[], kwargs: PyDict): Value[] {
  const all = [...args];
  for (const [key, value] of kwargs.entries()) {
    const index = keywords.indexOf(toText(key));
    if (index < 0) throw runtimeError(`${name}() got an unexpected keyword argument '${toText(key)}'`);
    if (index < args.length) throw runtimeError(`${name}() got multiple values for argument '${toText(key)}'`);
    all[index] = value;
  }
  return Array.from(all);
}

/** An argument that has to be text. */
export function requireText(value: Value, what = 'argument'): string {
  if (typeof value === 'string') return value;
  if (value instanceof Markup) return value.text;
  if (isUndefined(value)) throw undefinedError(value);
  throw runtimeError(`${what} must be str, not ${typeName(value)}`);
}

/** An argument that has to be an integer, and one that fits Python's own sizes. */
export function requireInteger(value: Value): number {
  const integer = asInteger(value);
  if (typeof integer === 'bigint' && BigInt.asIntN(64, integer) !== integer) {
    throw runtimeError('Python int too large to convert to C ssize_t');
  }
  if (integer !== undefined) return Number(integer);
  if (isUndefined(value)) throw undefinedError(value);
  throw runtimeError(`'${typeName(value)}' object cannot be interpreted as an integer`);
}

/** An integer that says a place in a sequence, which may be far beyond its ends. */
export function requireIndex(value: Value): number {
  const integer = asInteger(value);
  return typeof integer === 'bigint' ? Number(integer) : requireInteger(value);
}

/** An integer that may be left out. */
export function optionalInteger(value: Value, fallback: number): number {
  return value === undefined ? fallback : requireInteger(value);
}
