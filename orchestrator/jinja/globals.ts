import { type HostFunction, HostObject, hostFunction } from './host.ts';
import { readEntries } from './methods/dict.ts';
import { requireInteger } from './methods/method.ts';
import { runtimeError } from './runtime/failures.ts';
import { Range } from './runtime/sequences.ts';
import { PyDict, type Value } from './values/model.ts';
import { toRepr, toText } from './values/print.ts';

/** An object whose attributes `set` can change from within loops. */
export class Namespace extends HostObject {
  readonly typeName = 'Namespace';
  readonly #attributes: PyDict;

  constructor(attributes: PyDict) {
    super();
    this.#attributes = attributes;
  }

  set(name: string, value: Value): void {
    this.#attributes.set(name, value);
  }

  override getAttribute(name: string): Value {
    return this.#attributes.get(name);
  }

  override toRepr(): string {
    return `<Namespace ${toRepr(this.#attributes)}>`;
  }
}

class Cycler extends HostObject {
  readonly typeName = 'Cycler';
  readonly #items: readonly Value[];
  #position = 0;

  constructor(items: readonly Value[]) {
    super();
    if (items.length === 0) throw runtimeError('at least one item has to be provided');
    this.#items = items;
  }

  override getAttribute(name: string): Value {
    switch (name) {
      case 'current':
        return this.#items[this.#position];
      case 'next':
        return hostFunction('next', [], () => this.#next());
      case 'reset':
        return hostFunction('reset', [], () => {
          this.#position = 0;
          return null;
        });
      default:
        return undefined;
    }
  }

  #next(): Value {
    const item = this.#items[this.#position];
    this.#position = (this.#position + 1) % this.#items.length;
    return item;
  }
}

class Joiner extends HostObject {
  readonly typeName = 'Joiner';
  readonly #separator: string;
  #isUsed = false;

  constructor(separator: string) {
    super();
    this.#separator = separator;
  }

  override call(): Value {
    if (this.#isUsed) return this.#separator;
    this.#isUsed = true;
    return '';
  }
}

function makeDict(source: Value, options: Value): PyDict {
  const dict = new PyDict(source === undefined ? [] : readEntries(source));
  for (const [key, value] of readEntries(options)) dict.set(key, value);
  return dict;
}

/** The functions every template has: `range`, `dict`, `namespace`, `cycler` and `joiner`. */
export const globalFunctions: readonly HostFunction[] = [
  hostFunction('range', ['start', 'stop?', 'step?'], ({ start, stop, step }) => {
    const first = requireInteger(start);
    if (stop === undefined) return new Range(0, first, 1);
    return new Range(first, requireInteger(stop), step === undefined ? 1 : requireInteger(step));
  }),
  hostFunction('dict', ['source?', '**options'], ({ source, options }) => makeDict(source, options)),
  hostFunction(
    'namespace',
    ['source?', '**options'],
    ({ source, options }) => new Namespace(makeDict(source, options)),
  ),
  hostFunction('cycler', ['*items'], ({ items }) => new Cycler(Array.isArray(items) ? items : [])),
  hostFunction('joiner', ['sep?'], ({ sep }) => new Joiner(sep === undefined ? ', ' : toText(sep))),
];
