import { StrataError } from '../errors.ts';
import { type BoundArguments, bindArguments, parseParameters } from './arguments.ts';
import { isEqual } from './runtime/compare.ts';
import type { RenderState } from './state.ts';
import { hostBrand, type PyDict, type Value } from './values/model.ts';

/** Whatever the host wants awaited; templates pass it through by `yield`. */
export type HostRequest = unknown;

/** A result that may have to wait for requests to be answered. */
export type Pending = Generator<HostRequest, Value, unknown>;

/**
 * The only objects of the host that a template can touch, and only through these methods: nothing is reachable that
 * a subclass does not return by name.
 */
export abstract class HostObject {
  readonly [hostBrand] = true;

  /** Python's name of the type, as messages use it. */
  abstract readonly typeName: string;

  /** `object.name`; JS undefined when there is none. */
  getAttribute(_name: string): Value {
    return undefined;
  }

  /** `object[key]`; JS undefined when there is none. */
  getItem(_key: Value): Value {
    return undefined;
  }

  /** `key in object`. By default looks through the items. */
  hasItem(key: Value): boolean {
    const items = this.iterate();
    if (items === undefined) throw this.#unsupported('is not iterable', `argument of type '${this.typeName}'`);
    for (const item of items) if (isEqual(item, key)) return true;
    return false;
  }

  /** The items a loop visits; JS undefined when the object cannot be iterated. */
  iterate(): Iterable<Value> | undefined {
    return undefined;
  }

  /** `object(args)`. */
  call(_args: readonly Value[], _kwargs: PyDict | undefined, _state: RenderState): Value | Pending {
    throw this.#unsupported('is not callable');
  }

  /** Whether `call` does anything, for the test `callable`. */
  get isCallable(): boolean {
    return this.call !== HostObject.prototype.call;
  }

  /** Whether the object is a dict for the test `mapping`. */
  get isMapping(): boolean {
    return false;
  }

  /** Whether the items have positions, for slices and the test `sequence`. */
  get isSequence(): boolean {
    return false;
  }

  toText(): string {
    return this.toRepr();
  }

  /** Python's `format(object, specification)`. */
  format(specification: string): string {
    if (specification === '') return this.toText();
    throw this.#unsupported('does not support format specifications');
  }

  toRepr(): string {
    return `<${this.typeName}>`;
  }

  isTrue(): boolean {
    return this.length() !== 0;
  }

  /** `object|length`; JS undefined when there is none. */
  length(): number | undefined {
    return undefined;
  }

  equals(other: Value): boolean {
    return other === this;
  }

  /** Text that equal objects share, for keys of dicts; JS undefined for identity. */
  hashKey(): string | undefined {
    return undefined;
  }

  /** Less than, equal to or greater than zero; JS undefined where there is no order. */
  compare(_other: Value): number | undefined {
    return undefined;
  }

  /** `object + other`, JS undefined when not supported. */
  add(_other: Value): Value {
    return undefined;
  }

  /** `object - other`, JS undefined when not supported. */
  subtract(_other: Value): Value {
    return undefined;
  }

  /** `object * other`, JS undefined when not supported. */
  multiply(_other: Value): Value {
    return undefined;
  }

  /** Plain data, as `fromValue` returns it. */
  toData(): unknown {
    return this.toText();
  }

  #unsupported(what: string, subject = `'${this.typeName}' object`): StrataError {
    return new StrataError('template-runtime', `${subject} ${what}`);
  }
}

/** What a host function computes from its arguments. */
export type HostFunctionBody = (args: BoundArguments, state: RenderState) => Value | Pending;

/** A callable of the host with named parameters. */
export class HostFunction extends HostObject {
  readonly typeName = 'function';
  readonly name: string;
  readonly #parameters: ReturnType<typeof parseParameters>;
  readonly #body: HostFunctionBody;

  constructor(name: string, parameters: readonly string[], body: HostFunctionBody) {
    super();
    this.name = name;
    this.#parameters = parseParameters(parameters);
    this.#body = body;
  }

  override getAttribute(name: string): Value {
    return name === 'name' ? this.name : undefined;
  }

  override call(args: readonly Value[], kwargs: PyDict | undefined, state: RenderState): Value | Pending {
    return this.#body(bindArguments(this.name, this.#parameters, args, kwargs), state);
  }

  override toRepr(): string {
    return `<function ${this.name}>`;
  }
}

/**
 * A callable for templates. Parameters are names: `name`, `default?` when it may be left out (JS undefined in the
 * body), `*rest` for further positional arguments (an array), `**options` for further keywords (a `PyDict`).
 */
export function hostFunction(name: string, parameters: readonly string[], body: HostFunctionBody): HostFunction {
  return new HostFunction(name, parameters, body);
}
