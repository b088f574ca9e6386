import { HostObject, hostFunction } from '../host.ts';
import { type PyDict, PySet, PyTuple, type Value } from '../values/model.ts';
import { toRepr } from '../values/print.ts';
import { isEqual } from './compare.ts';
import { limitError, runtimeError } from './failures.ts';
import { iterateValue } from './iterate.ts';
import { asInteger } from './numbers.ts';
import { readBounds, resolveBounds, Slice } from './slice.ts';

/** What `dict.keys()`, `dict.values()` and `dict.items()` give: a live view. */
export class DictView extends HostObject {
  readonly #dict: PyDict;
  readonly #kind: 'keys' | 'values' | 'items';

  constructor(dict: PyDict, kind: 'keys' | 'values' | 'items') {
    super();
    this.#dict = dict;
    this.#kind = kind;
  }

  get typeName(): string {
    return `dict_${this.#kind}`;
  }

  override iterate(): Value[] {
    if (this.#kind === 'keys') return this.#dict.keys();
    if (this.#kind === 'values') return this.#dict.values();
    return this.#dict.entries().map((entry) => PyTuple.make(entry));
  }

  override hasItem(key: Value): boolean {
    return this.#kind === 'keys' ? this.#dict.has(key) : super.hasItem(key);
  }

  override subtract(other: Value): Value {
    const others = new PySet(iterateValue(other));
    return this.#kind === 'values' ? undefined : new PySet(this.iterate().filter((item) => !others.has(item)));
  }

  override length(): number {
    return this.#dict.size;
  }

  override toRepr(): string {
    return `${this.typeName}(${toRepr(this.iterate())})`;
  }

  override equals(other: Value): boolean {
    if (other === this) return true;
    if (!(other instanceof DictView) || this.#kind === 'values' || other.length() !== this.length()) return false;
    return this.iterate().every((item) => other.hasItem(item));
  }
}

const maxRange = 100_000;

/** Python's `range`. Jinja2's sandbox bounds its size, and so does this. */
export class Range extends HostObject {
  readonly typeName = 'range';
  readonly #start: number;
  readonly #stop: number;
  readonly #step: number;
  readonly #count: number;

  constructor(start: number, stop: number, step: number) {
    super();
    if (step === 0) throw runtimeError('range() arg 3 must not be zero');
    this.#start = start;
    this.#stop = stop;
    this.#step = step;
    this.#count = Math.max(0, Math.ceil((stop - start) / step));
    if (this.#count > maxRange) throw limitError(`The range has more than ${maxRange} items.`);
  }

  override iterate(): number[] {
    return Array.from({ length: this.#count }, (_, i) => this.#start + i * this.#step);
  }

  override getItem(key: Value): Value {
    if (key instanceof Slice) return this.#slice(key);
    const index = asInteger(key);
    if (index === undefined) return undefined;
    const position = Number(index) < 0 ? Number(index) + this.#count : Number(index);
    return position >= 0 && position < this.#count ? this.#start + position * this.#step : undefined;
  }

  override getAttribute(name: string): Value {
    switch (name) {
      case 'start':
        return this.#start;
      case 'stop':
        return this.#stop;
      case 'step':
        return this.#step;
      case 'count':
        return hostFunction('count', ['value'], ({ value }) => (this.hasItem(value) ? 1 : 0));
      case 'index':
        return hostFunction('index', ['value'], ({ value }) => this.#indexOf(value));
      default:
        return undefined;
    }
  }

  #indexOf(value: Value): number {
    const index = this.iterate().findIndex((item) => isEqual(item, value));
    if (index < 0) throw runtimeError(`${toRepr(value)} is not in range`);
    return index;
  }

  override get isSequence(): boolean {
    return true;
  }

  override length(): number {
    return this.#count;
  }

  override toRepr(): string {
    return `range(${this.#start}, ${this.#stop}${this.#step === 1 ? '' : `, ${this.#step}`})`;
  }

  override equals(other: Value): boolean {
    return other instanceof Range && isEqual(this.iterate(), other.iterate());
  }

  #slice(slice: Slice): Value {
    const bounds = readBounds(slice);
    if (bounds === undefined) return undefined;
    const { first, last, step } = resolveBounds(this.#count, bounds);
    return new Range(this.#start + first * this.#step, this.#start + last * this.#step, this.#step * step);
  }
}

/** Items that can be gone through once, as filters such as `map` return them. Truth does not consume any. */
export class Iterator extends HostObject {
  readonly typeName: string;
  readonly #items: IterableIterator<Value>;

  constructor(items: Iterable<Value>, typeName = 'generator') {
    super();
    this.typeName = typeName;
    this.#items = iterateOnce(items[Symbol.iterator]());
  }

  override iterate(): IterableIterator<Value> {
    return this.#items;
  }

  override isTrue(): boolean {
    return true;
  }

  override toRepr(): string {
    return `<${this.typeName} object>`;
  }

  override toData(): unknown {
    return Array.from(this.#items);
  }
}

/** Leaving a loop early must not close the iterator, so it has no `return`. */
function iterateOnce(items: globalThis.Iterator<Value>): IterableIterator<Value> {
  const once: IterableIterator<Value> = { next: () => items.next(), [Symbol.iterator]: () => once };
  return once;
}

/** What `groupby` gives: a tuple whose parts also have names. */
export class GroupTuple extends PyTuple {
  static pair(grouper: Value, items: Value[]): GroupTuple {
    const tuple = new GroupTuple();
    tuple.push(grouper, items);
    return tuple;
  }

  /** `grouper` or `list`, JS undefined for any other name. */
  part(name: string): Value {
    return name === 'grouper' ? this[0] : name === 'list' ? this[1] : undefined;
  }
}
