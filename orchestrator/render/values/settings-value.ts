import { HostObject, hostFunction } from '../../jinja/host.ts';
import { toText, toValue, type Value } from '../../jinja/values.ts';

/** The settings of a node whose result a hook is told: one that was not made is none, as with dbt's own object. */
export class SettingsValue extends HostObject {
  readonly typeName = 'NodeConfig';
  readonly #settings: Readonly<Record<string, unknown>>;

  constructor(settings: Readonly<Record<string, unknown>>) {
    super();
    this.#settings = settings;
  }

  override iterate(): Iterable<Value> {
    return Object.keys(this.#settings);
  }

  override getItem(key: Value): Value {
    return this.#find(toText(key));
  }

  override getAttribute(name: string): Value {
    if (name === 'get')
      return hostFunction(name, ['key', 'default?'], (args) => this.#find(toText(args.key), args.default));
    if (name === 'to_dict') return hostFunction(name, ['*rest', '**options'], () => toValue(this.#settings));
    return this.#find(name);
  }

  #find(name: string, fallback: Value = null): Value {
    return Object.hasOwn(this.#settings, name) ? toValue(this.#settings[name]) : fallback;
  }
}
