import { StrataError } from '../../errors.ts';
import { HostObject, hostFunction } from '../../jinja/host.ts';
import { fromValue, isTrue, PyDict, toRepr, toText, toValue, type Value } from '../../jinja/values.ts';
import { suggest } from '../../nearest.ts';
import type { RenderJob } from './render-job.ts';

function notNamed(value: Value): StrataError {
  const hint = `Write for example {{ config(materialized='table') }}.`;
  const message = `config() takes settings by name, not ${toRepr(value)}.`;
  return new StrataError('macro-arguments', message, {}, { hint });
}

/** `config`: called, it records settings; `config.get` and `config.require` read them. */
export class ConfigValue extends HostObject {
  readonly typeName = 'config';
  readonly #job: RenderJob;
  /** Settings of this rendering so far: a `config.get` after a `config(…)` sees what the call said. */
  readonly #settings: Map<string, unknown>;

  constructor(job: RenderJob) {
    super();
    this.#job = job;
    this.#settings = new Map(Object.entries(job.node.config));
  }

  override call(args: readonly Value[], kwargs: PyDict | undefined): Value {
    const values: Record<string, unknown> = {};
    for (const mapping of [...args, kwargs]) {
      if (mapping instanceof PyDict) Object.assign(values, fromValue(mapping));
      else if (mapping !== undefined) throw notNamed(mapping);
    }
    for (const [name, value] of Object.entries(values)) this.#settings.set(name, value);
    this.#job.resolver.recordConfig(values);
    return '';
  }

  override getItem(key: Value): Value {
    return this.#read(toText(key));
  }

  override hasItem(key: Value): boolean {
    return this.#find(toText(key)) !== undefined;
  }

  override getAttribute(name: string): Value {
    switch (name) {
      case 'get':
      case 'meta_get':
        return hostFunction(name, ['name', 'default?', 'validator?'], (args) => {
          const found = name === 'get' ? this.#read(toText(args.name)) : this.#readMeta(toText(args.name));
          return found === undefined || found === null ? (args.default ?? null) : found;
        });
      case 'require':
        return hostFunction(name, ['name', 'validator?'], (args) => this.#require(toText(args.name)));
      case 'set':
        return hostFunction(name, ['name', 'value'], (args) => {
          this.#settings.set(toText(args.name), fromValue(args.value));
          return '';
        });
      case 'persist_relation_docs':
        return hostFunction(name, [], () => this.#persistsDocs('relation'));
      case 'persist_column_docs':
        return hostFunction(name, [], () => this.#persistsDocs('columns'));
      default:
        return undefined;
    }
  }

  #find(name: string): unknown {
    const value = this.#settings.get(name);
    return value === null ? undefined : value;
  }

  #read(name: string): Value {
    const value = this.#find(name) ?? this.#find(name.replace('_', '-'));
    return value === undefined ? undefined : toValue(value);
  }

  #readMeta(name: string): Value {
    const meta = this.#read('meta');
    return meta instanceof PyDict ? meta.get(name) : undefined;
  }

  #require(name: string): Value {
    const value = this.#read(name);
    if (value !== undefined) return value;
    throw new StrataError(
      'config-invalid',
      `${this.#job.node.name} needs the setting "${name}".`,
      { file: this.#job.node.original_file_path, line: this.#job.node.line },
      { hint: suggest(name, [...this.#settings.keys()], `Add it: {{ config(${name}=…) }}.`) },
    );
  }

  #persistsDocs(part: 'relation' | 'columns'): boolean {
    const setting = toValue(this.#settings.get('persist_docs') ?? {});
    return setting instanceof PyDict && isTrue(setting.get(part));
  }
}
