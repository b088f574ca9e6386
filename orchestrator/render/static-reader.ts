/** A call with literal arguments. */
export interface StaticCall {
  readonly name: string;
  readonly positional: readonly unknown[];
  readonly named: ReadonlyMap<string, unknown>;
  /** Just behind the closing braces. */
  readonly end: number;
}

/** What a reader gives up with: the text is more than a literal. */
const NOT_STATIC = Symbol('not static');

const WORDS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
]);

const NAME = /[A-Za-z_]\w*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?![\w.])/y;
const TEXT = /'([^'\\]*)'|"([^"\\]*)"/y;
const SPACE = /\s*/y;

/** Reads `name(literal, key=literal) }}` from inside an expression tag. */
export class StaticReader {
  readonly #code: string;
  #at: number;

  constructor(code: string, at: number) {
    this.#code = code;
    this.#at = at;
  }

  /** The call, or undefined when the tag holds anything else. */
  readCall(): StaticCall | undefined {
    if (this.#code[this.#at] === '-') this.#at += 1;
    const name = this.#match(NAME);
    if (name === undefined || !this.#take('(')) return undefined;
    const positional: unknown[] = [];
    const named = new Map<string, unknown>();
    while (!this.#take(')')) {
      const key = this.#readKey();
      const value = this.#readLiteral();
      if (value === NOT_STATIC) return undefined;
      if (key !== undefined && named.has(key)) return undefined;
      if (key !== undefined) named.set(key, value);
      else if (named.size === 0) positional.push(value);
      else return undefined;
      if (!this.#take(',') && !this.#sees(')')) return undefined;
    }
    return this.#take('-}}') || this.#take('}}') ? { name, positional, named, end: this.#at } : undefined;
  }

  #readKey(): string | undefined {
    const start = this.#at;
    const key = this.#match(NAME);
    if (key !== undefined && this.#take('=')) return key;
    this.#at = start;
    return undefined;
  }

  #readLiteral(): unknown {
    if (this.#take('[')) return this.#readList();
    if (this.#take('{')) return this.#readMapping();
    const text = this.#readText();
    if (text !== undefined) return text;
    const number = this.#match(NUMBER);
    if (number !== undefined) return Number.isSafeInteger(Number(number)) ? Number(number) : NOT_STATIC;
    const word = this.#match(NAME);
    return word !== undefined && WORDS.has(word) ? WORDS.get(word) : NOT_STATIC;
  }

  /** One text; two beside each other would be joined, which is left to the template language. */
  #readText(): string | undefined {
    SPACE.lastIndex = this.#at;
    SPACE.exec(this.#code);
    TEXT.lastIndex = SPACE.lastIndex;
    const match = TEXT.exec(this.#code);
    if (match === null) return undefined;
    this.#at = TEXT.lastIndex;
    return match[1] ?? match[2] ?? '';
  }

  #readList(): unknown {
    const items: unknown[] = [];
    while (!this.#take(']')) {
      const item = this.#readLiteral();
      if (item === NOT_STATIC) return NOT_STATIC;
      items.push(item);
      if (!this.#take(',') && !this.#sees(']')) return NOT_STATIC;
    }
    return items;
  }

  #readMapping(): unknown {
    const entries: [string, unknown][] = [];
    while (!this.#take('}')) {
      const key = this.#readText();
      if (key === undefined || !this.#take(':')) return NOT_STATIC;
      const value = this.#readLiteral();
      if (value === NOT_STATIC) return NOT_STATIC;
      entries.push([key, value]);
      if (!this.#take(',') && !this.#sees('}')) return NOT_STATIC;
    }
    return Object.fromEntries(entries);
  }

  #take(token: string): boolean {
    if (!this.#sees(token)) return false;
    this.#at += token.length;
    return true;
  }

  #sees(token: string): boolean {
    SPACE.lastIndex = this.#at;
    SPACE.exec(this.#code);
    if (!this.#code.startsWith(token, SPACE.lastIndex)) return false;
    this.#at = SPACE.lastIndex;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    SPACE.lastIndex = this.#at;
    SPACE.exec(this.#code);
    pattern.lastIndex = SPACE.lastIndex;
    const found = pattern.exec(this.#code)?.[0];
    if (found !== undefined) this.#at = pattern.lastIndex;
    return found;
  }
}
