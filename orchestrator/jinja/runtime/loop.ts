import { HostObject, hostFunction, type Pending } from '../host.ts';
import { type PyDict, PyTuple, Undefined, type Value } from '../values/model.ts';
import { isEqual } from './compare.ts';
import { runtimeError } from './failures.ts';
import { iterateValue } from './iterate.ts';

/** Renders the body of a recursive loop for other items, one level deeper. */
export type Recurse = (items: Iterable<Value>, depth: number) => Generator<unknown, string, unknown>;

/** The `loop` of a `for`: iterates over the items and knows where it is. */
export class Loop extends HostObject implements Iterable<Value> {
  readonly typeName = 'LoopContext';
  #source: Iterator<Value>;
  readonly #list: readonly Value[] | undefined;
  readonly #depth: number;
  readonly #recurse: Recurse | undefined;
  #index = -1;
  #length: number | undefined;
  #ahead: IteratorResult<Value> | undefined;
  #current: Value;
  #previous: Value;
  #lastChanged: Value[] | undefined;

  constructor(items: Iterable<Value>, depth: number, recurse: Recurse | undefined) {
    super();
    this.#list = Array.isArray(items) ? items : undefined;
    this.#source = items[Symbol.iterator]();
    this.#depth = depth;
    this.#recurse = recurse;
  }

  [Symbol.iterator](): Iterator<Value> {
    return { next: () => this.#advance() };
  }

  #advance(): IteratorResult<Value> {
    const step = this.#ahead ?? this.#source.next();
    this.#ahead = undefined;
    if (step.done === true) return step;
    this.#index += 1;
    this.#previous = this.#current;
    this.#current = step.value;
    return step;
  }

  #peek(): IteratorResult<Value> {
    this.#ahead ??= this.#source.next();
    return this.#ahead;
  }

  override getAttribute(name: string): Value {
    switch (name) {
      case 'index':
        return this.#index + 1;
      case 'index0':
        return this.#index;
      case 'revindex':
        return this.length() - this.#index;
      case 'revindex0':
        return this.length() - this.#index - 1;
      case 'first':
        return this.#index === 0;
      case 'last':
        return this.#peek().done === true;
      case 'length':
        return this.length();
      case 'depth':
        return this.#depth + 1;
      case 'depth0':
        return this.#depth;
      case 'previtem':
        return this.#index === 0 ? new Undefined('', 'there is no previous item') : this.#previous;
      case 'nextitem':
        return this.#nextItem();
      default:
        return this.#method(name);
    }
  }

  #nextItem(): Value {
    const step = this.#peek();
    return step.done === true ? new Undefined('', 'there is no next item') : step.value;
  }

  #method(name: string): Value {
    if (name === 'cycle') return hostFunction('cycle', ['*items'], ({ items }) => this.#cycle(items));
    if (name === 'changed') return hostFunction('changed', ['*value'], ({ value }) => this.#changed(value));
    return undefined;
  }

  #cycle(items: Value): Value {
    if (!Array.isArray(items) || items.length === 0) throw runtimeError('no items for cycling given');
    return items[this.#index % items.length];
  }

  #changed(value: Value): boolean {
    const values = Array.isArray(value) ? value : [];
    if (this.#lastChanged !== undefined && isEqual(PyTuple.make(this.#lastChanged), PyTuple.make(values))) return false;
    this.#lastChanged = values;
    return true;
  }

  /** Where the items do not say how many they are, the rest of them is read ahead. */
  override length(): number {
    if (this.#length === undefined) {
      if (this.#list !== undefined) this.#length = this.#list.length;
      else {
        const rest = this.#readRest();
        this.#length = this.#index + 1 + rest.length;
        this.#ahead = undefined;
        this.#source = rest[Symbol.iterator]();
      }
    }
    return this.#length;
  }

  #readRest(): Value[] {
    const rest: Value[] = [];
    for (let step = this.#peek(); step.done !== true; step = this.#source.next()) rest.push(step.value);
    return rest;
  }

  override call(args: readonly Value[], _kwargs: PyDict | undefined): Value | Pending {
    if (this.#recurse === undefined) {
      throw runtimeError("The loop must have the 'recursive' marker to be called recursively.");
    }
    if (args.length !== 1) throw runtimeError('A recursive loop is called with one argument.');
    return this.#recurse(iterateValue(args[0]), this.#depth + 1);
  }

  override isTrue(): boolean {
    return true;
  }

  override toRepr(): string {
    return `<LoopContext ${this.#index + 1}/${this.length()}>`;
  }
}
