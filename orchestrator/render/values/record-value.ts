import { HostObject, hostFunction } from '../../jinja/host.ts';
import { toText, toValue, type Value } from '../../jinja/values.ts';

/** A result, its node or the node's settings, as a hook is told of them: what is not there is none, as with dbt's own objects. */
export class RecordValue extends HostObject {
  readonly typeName = 'Record';
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(fields: Readonly<Record<string, unknown>>) {
    super();
    this.#fields = fields;
  }

  override iterate(): Iterable<Value> {
    return Object.keys(this.#fields);
  }

  override getItem(key: Value): Value {
    return this.#find(toText(key));
  }

  override getAttribute(name: string): Value {
    if (name === 'get')
      return hostFunction(name, ['key', 'default?'], (args) => this.#find(toText(args.key), args.default));
    if (name === 'to_dict') return hostFunction(name, ['*rest', '**options'], () => toValue(this.#fields));
    return this.#find(name);
  }

  #find(name: string, fallback: Value = null): Value {
    return Object.hasOwn(this.#fields, name) ? toValue(this.#fields[name]) : fallback;
  }
}
