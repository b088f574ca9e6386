import type { StrataError } from '../errors.ts';

/** Where a parse keeps results and puts what it finds wrong. */
export interface ParseSinks {
  readonly cache: ParseCache;
  readonly errors: StrataError[];
  readonly warnings: StrataError[];
}

/** Results of work on single files, by a key that names everything they were made from. */
export class ParseCache {
  readonly #old: ReadonlyMap<string, unknown>;
  readonly #used = new Map<string, unknown>();
  #reused = 0;

  constructor(entries: Iterable<readonly [string, unknown]> = []) {
    this.#old = new Map(entries);
  }

  /** The kept result for a key, or the one made now. Only plain data may be kept. */
  reuse<Result>(key: string, make: () => Result): Result {
    const known = this.#used.get(key) ?? this.#old.get(key);
    if (known !== undefined) this.#reused += 1;
    const result = known === undefined ? make() : (known as Result);
    this.#used.set(key, result);
    return result;
  }

  /** Keeps a result from being used again. */
  forget(key: string): void {
    this.#used.delete(key);
  }

  /** How many results were taken over. */
  get reused(): number {
    return this.#reused;
  }

  /** The results this parse used, to be kept for the next. */
  entries(): Iterable<readonly [string, unknown]> {
    return this.#used.entries();
  }
}
