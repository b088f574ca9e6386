import { createHash } from 'node:crypto';

/** The prefix of variables whose values may appear in profiles and packages only, as in dbt. */
const SECRET_PREFIX = 'DBT_ENV_SECRET';

/**
 * Environment variables as one invocation reads them. Those that templates of the project read are remembered, so that
 * a cache made under other values is not used. Values never leave this object but through `read`.
 */
export class Environment {
  readonly #values: Readonly<Record<string, string | undefined>>;
  readonly #read = new Set<string>();

  constructor(values: Readonly<Record<string, string | undefined>> = process.env) {
    this.#values = values;
  }

  /** A variable for a template of the project. It is remembered. */
  read(name: string): string | undefined {
    this.#read.add(name);
    return this.#valueOf(name);
  }

  /** A variable for a connection: not remembered, since the result of parsing does not depend on it. */
  readSecret(name: string): string | undefined {
    return this.#valueOf(name);
  }

  /** What the variables read so far hold, as digests by name. */
  digests(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#read].sort().map((name) => [name, this.digest(name)]));
  }

  /** A digest of one variable's value, with a value of its own for an unset one. */
  digest(name: string): string {
    const value = this.#valueOf(name);
    return value === undefined ? 'unset' : createHash('sha256').update(value).digest('hex').slice(0, 16);
  }

  /** Remembers variables that a cached result was made from. */
  remember(names: Iterable<string>): void {
    for (const name of names) this.#read.add(name);
  }

  /** No variable is called `constructor` because every object has one. */
  #valueOf(name: string): string | undefined {
    return Object.hasOwn(this.#values, name) ? this.#values[name] : undefined;
  }
}

/** Whether a variable's value must never be shown. */
export function isSecret(name: string): boolean {
  return name.startsWith(SECRET_PREFIX);
}
