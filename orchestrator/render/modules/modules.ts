import { HostObject } from '../../jinja/host.ts';
import type { Value } from '../../jinja/values.ts';
import { datetimeMembers } from './datetime-module.ts';
import { itertoolsMembers } from './itertools-module.ts';
import { pytzMembers } from './pytz-module.ts';
import { reMembers } from './re-module.ts';

/** A Python module as templates see it: its members by name and nothing else. */
class ModuleValue extends HostObject {
  readonly typeName = 'module';
  readonly #name: string;
  readonly #members: ReadonlyMap<string, Value>;

  constructor(name: string, members: ReadonlyMap<string, Value>) {
    super();
    this.#name = name;
    this.#members = members;
  }

  override toText(): string {
    return `<module '${this.#name}'>`;
  }

  override isTrue(): boolean {
    return true;
  }

  override getAttribute(name: string): Value {
    return this.#members.get(name);
  }

  override getItem(key: Value): Value {
    return typeof key === 'string' ? this.#members.get(key) : undefined;
  }
}

/** `modules`: the parts of Python's library dbt offers. */
export const modulesValue = new ModuleValue(
  'modules',
  new Map<string, Value>([
    ['datetime', new ModuleValue('datetime', datetimeMembers)],
    ['pytz', new ModuleValue('pytz', pytzMembers)],
    ['re', new ModuleValue('re', reMembers)],
    ['itertools', new ModuleValue('itertools', itertoolsMembers)],
  ]),
);
