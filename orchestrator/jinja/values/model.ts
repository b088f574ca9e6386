import { StrataError } from '../../errors.ts';
import type { HostObject } from '../host.ts';

/**
 * What a template can hold. Integers are numbers, or bigints beyond 2^53; every other number is a `PyFloat`. Lists are
 * arrays. JS `undefined` stands for an undefined value without a name.
 */
export type Value =
  | undefined
  | null
  | boolean
  | number
  | bigint
  | string
  | Undefined
  | PyFloat
  | PyDict
  | PySet
  | Markup
  | HostObject
  | Value[];

/** Marks the objects of the host; `values.ts` recognises them by it without importing their class. */
export const hostBrand: unique symbol = Symbol('strata.host');

/** A name, attribute or item that does not exist: empty when printed, an error when used. */
export class Undefined {
  readonly name: string;
  readonly hint: string | undefined;

  constructor(name: string, hint?: string) {
    this.name = name;
    this.hint = hint;
  }

  /** What the error says when the value is used. */
  get message(): string {
    return this.hint ?? `'${this.name}' is undefined`;
  }
}

/** A Python float. Kept apart from integers because `1` and `1.0` print differently. */
export class PyFloat {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** A Python Decimal: a number that prints the digits it was written with. Calculating with it gives a float. */
export class PyDecimal extends PyFloat {
  readonly text: string;

  constructor(text: string) {
    super(Number(text));
    this.text = text;
  }
}

/** A Python tuple. */
export class PyTuple extends Array<Value> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  /** A tuple of the items; unlike the constructor, right for one number too. */
  static make(items: Iterable<Value>): PyTuple {
    const tuple = new PyTuple();
    for (const item of items) tuple.push(item);
    return tuple;
  }
}

/** Text that is marked as safe HTML, as `tojson`, `escape` and `safe` return it. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A Python dict: insertion order, Python's equality of keys (`1`, `1.0` and `True` are one key). */
export class PyDict {
  readonly #entries = new Map<unknown, [key: Value, value: Value]>();

  constructor(entries?: Iterable<readonly [Value, Value]>) {
    if (entries !== undefined) for (const [key, value] of entries) this.set(key, value);
  }

  /** A dict of a plain object's own properties, values unchanged. */
  static from(record: Readonly<Record<string, Value>>): PyDict {
    return new PyDict(Object.entries(record));
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: Value): Value {
    return this.#entries.get(hashKey(key))?.[1];
  }

  set(key: Value, value: Value): this {
    const hash = hashKey(key);
    const entry = this.#entries.get(hash);
    if (entry === undefined) this.#entries.set(hash, [key, value]);
    else entry[1] = value;
    return this;
  }

  has(key: Value): boolean {
    return this.#entries.has(hashKey(key));
  }

  delete(key: Value): boolean {
    return this.#entries.delete(hashKey(key));
  }

  clear(): void {
    this.#entries.clear();
  }

  keys(): Value[] {
    return Array.from(this.#entries.values(), (entry) => entry[0]);
  }

  values(): Value[] {
    return Array.from(this.#entries.values(), (entry) => entry[1]);
  }

  entries(): [key: Value, value: Value][] {
    return Array.from(this.#entries.values(), ([key, value]) => [key, value]);
  }
}

/** A Python set, in insertion order. */
export class PySet {
  readonly #items = new Map<unknown, Value>();

  constructor(items: Iterable<Value> = []) {
    for (const item of items) this.add(item);
  }

  get size(): number {
    return this.#items.size;
  }

  has(item: Value): boolean {
    return this.#items.has(hashKey(item));
  }

  add(item: Value): this {
    const hash = hashKey(item);
    if (!this.#items.has(hash)) this.#items.set(hash, item);
    return this;
  }

  delete(item: Value): boolean {
    return this.#items.delete(hashKey(item));
  }

  clear(): void {
    this.#items.clear();
  }

  [Symbol.iterator](): IterableIterator<Value> {
    return this.#items.values();
  }
}

const undefinedHash = Symbol('undefined');

/** A key under which equal values meet in a JS Map. Lists, dicts and sets raise as in Python. */
export function hashKey(value: Value): unknown {
  switch (typeof value) {
    case 'string':
      return value.charCodeAt(0) === 0 ? `\0s${value}` : value;
    case 'number':
    case 'bigint':
      return value;
    case 'boolean':
      return value ? 1 : 0;
  }
  if (value === null) return null;
  if (value === undefined || value instanceof Undefined) return undefinedHash;
  if (value instanceof PyFloat) return hashFloat(value.value);
  if (value instanceof Markup) return hashKey(value.text);
  if (value instanceof PyTuple) return hashTuple(value);
  if (Array.isArray(value) || value instanceof PyDict || value instanceof PySet) {
    throw new StrataError('template-runtime', `unhashable type: '${typeName(value)}'`);
  }
  const key = value.hashKey();
  return key === undefined ? value : `\0h${key}`;
}

function hashFloat(value: number): unknown {
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value) : value + 0;
}

const maxHashLength = 10_000_000;
const objectIds = new WeakMap<object, number>();
let lastObjectId = 0;

function hashTuple(tuple: PyTuple): string {
  let hash = '\0t';
  for (const item of tuple) {
    const part = hashKey(item);
    const text = typeof part === 'object' && part !== null ? `#${identify(part)}` : `${typeof part}:${String(part)}`;
    hash += `${text.length}:${text}`;
    if (hash.length > maxHashLength) throw new StrataError('template-limit', 'A tuple is too large for a key.');
  }
  return hash;
}

function identify(object: object): number {
  let id = objectIds.get(object);
  if (id === undefined) {
    lastObjectId += 1;
    id = lastObjectId;
    objectIds.set(object, id);
  }
  return id;
}

/** Python's name of a value's type, as messages use it. */
export function typeName(value: Value): string {
  switch (typeof value) {
    case 'string':
      return 'str';
    case 'number':
    case 'bigint':
      return 'int';
    case 'boolean':
      return 'bool';
  }
  if (value === null) return 'NoneType';
  if (value === undefined || value instanceof Undefined) return 'Undefined';
  if (value instanceof PyDecimal) return 'Decimal';
  if (value instanceof PyFloat) return 'float';
  if (value instanceof PyTuple) return 'tuple';
  if (Array.isArray(value)) return 'list';
  if (value instanceof PyDict) return 'dict';
  if (value instanceof PySet) return 'set';
  if (value instanceof Markup) return 'Markup';
  return value.typeName;
}

/** Python's truth of a value. */
export function isTrue(value: Value): boolean {
  if (typeof value !== 'object') return Boolean(value);
  if (value === null || value instanceof Undefined) return false;
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof PyDict || value instanceof PySet) return value.size > 0;
  if (value instanceof PyFloat) return value.value !== 0;
  if (value instanceof Markup) return value.text !== '';
  return value.isTrue();
}

/** Whether a JS value is an object of the host that templates may touch. */
export function isHostObject(value: unknown): value is HostObject {
  return typeof value === 'object' && value !== null && hostBrand in value;
}

/** Whether the value is undefined, named or not. */
export function isUndefined(value: Value): value is Undefined | undefined {
  return value === undefined || value instanceof Undefined;
}
