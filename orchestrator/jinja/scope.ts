import { globalFunctions } from './globals.ts';
import type { Value } from './values/model.ts';

/** Finds names that were not set; what it returns is kept. */
export type NameResolver = (name: string) => Value | undefined;

/** Names and their values, in front of those of the scope around it. */
export class Scope {
  readonly parent: Scope | undefined;
  readonly #resolve: NameResolver | undefined;
  readonly #names = new Map<string, Value>();

  constructor(parent?: Scope, resolve?: NameResolver) {
    this.parent = parent;
    this.#resolve = resolve;
  }

  /** The value of a name, JS `undefined` when there is none. */
  get(name: string): Value | undefined {
    let scope: Scope | undefined = this;
    while (scope !== undefined) {
      const value = scope.#names.get(name) ?? scope.#own(name);
      if (value !== undefined) return value;
      scope = scope.parent;
    }
    return undefined;
  }

  set(name: string, value: Value): void {
    this.#names.set(name, value);
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** `null` is a value too, so the fast `??` above may come here for a name that is set. */
  #own(name: string): Value | undefined {
    if (this.#resolve === undefined || this.#names.has(name)) return this.#names.get(name);
    const value = this.#resolve(name);
    if (value !== undefined) this.#names.set(name, value);
    return value;
  }
}

/** A scope with the functions every template has. */
export function createGlobals(): Scope {
  const scope = new Scope();
  for (const entry of globalFunctions) scope.set(entry.name, entry);
  return scope;
}
