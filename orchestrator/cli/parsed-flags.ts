/** A flag's value as read from the command line or the environment. */
export type FlagValue = boolean | string | number | readonly string[];

/** The flags of one invocation by their full names. */
export class ParsedFlags {
  readonly #values: ReadonlyMap<string, FlagValue>;

  constructor(values: ReadonlyMap<string, FlagValue>) {
    this.#values = values;
  }

  isOn(name: string): boolean {
    return this.#values.get(name) === true;
  }

  text(name: string): string | undefined {
    const value = this.#values.get(name);
    return typeof value === 'string' ? value : undefined;
  }

  number(name: string): number | undefined {
    const value = this.#values.get(name);
    return typeof value === 'number' ? value : undefined;
  }

  /** Words of a list flag; undefined when it was not given. */
  list(name: string): readonly string[] | undefined {
    const value = this.#values.get(name);
    return typeof value === 'object' ? value : undefined;
  }

  /** All flags given, for run_results.json. */
  toObject(): Readonly<Record<string, FlagValue>> {
    return Object.fromEntries([...this.#values].map(([name, value]) => [name.replaceAll('-', '_'), value]));
  }
}
