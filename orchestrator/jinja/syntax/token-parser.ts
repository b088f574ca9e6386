import lexer from 'nunjucks/src/lexer.js';
import parser from 'nunjucks/src/parser.js';
import type { FilterNode, TestNode } from './nodes.ts';
import type { JinjaTokenizer, Token } from './tokenizer.ts';

/** The filters and tests that exist. */
export interface KnownNames {
  hasFilter(name: string): boolean;
  hasTest(name: string): boolean;
}

/** nunjucks' parser with the few steps on tokens that all of the grammar is made of. */
export abstract class TokenParser extends parser.Parser {
  protected readonly tokenizer: JinjaTokenizer;
  protected readonly names: KnownNames;
  /** The names read since the innermost macro or loop began. */
  protected usedNames = new Set<string>();
  /** Filters and tests that do not exist; an error unless they stand in a condition that may never hold. */
  readonly unknownNames: (FilterNode | TestNode)[] = [];

  constructor(tokenizer: JinjaTokenizer, names: KnownNames) {
    super(tokenizer);
    this.tokenizer = tokenizer;
    this.names = names;
  }

  /** The token at hand; at the end of the template this fails. */
  protected peek(): Token {
    return (this.peekToken() as Token | null) ?? this.failAtEnd();
  }

  protected take(): Token {
    return (this.nextToken() as Token | null) ?? this.failAtEnd();
  }

  protected failAtEnd(): never {
    const wanted = this.breakOnBlocks === null ? '' : ` Looked for: ${this.breakOnBlocks.join(', ')}.`;
    return this.fail(`Unexpected end of template.${wanted}`, this.tokenizer.lineno, this.tokenizer.colno);
  }

  override fail(message: string, lineno?: number, colno?: number): never {
    const place = lineno === undefined ? (this.peekToken() ?? this.tokenizer) : { lineno, colno: colno ?? 0 };
    throw this.tokenizer.error(message, place.lineno, place.colno);
  }

  protected failAt(token: Token, message: string): never {
    return this.fail(message, token.lineno, token.colno);
  }

  protected isNext(type: string, value?: string): boolean {
    const token = this.peekToken();
    return token !== null && token.type === type && (value === undefined || token.value === value);
  }

  protected isSymbolNext(value: string): boolean {
    return this.isNext(lexer.TOKEN_SYMBOL, value);
  }

  protected expectToken(type: string, what: string): Token {
    const token = this.take();
    if (token.type !== type) this.failAt(token, `Expected ${what}, got '${token.value}'.`);
    return token;
  }

  protected expectName(): Token {
    return this.expectToken(lexer.TOKEN_SYMBOL, 'a name');
  }

  /** Items up to the closing token, which is consumed; a comma may follow the last. */
  protected parseItems<T>(end: string, closer: string, parseItem: () => T): T[] {
    const items: T[] = [];
    while (!this.isNext(end)) {
      if (items.length > 0) this.expectToken(lexer.TOKEN_COMMA, `',' or '${closer}'`);
      if (this.isNext(end)) break;
      items.push(parseItem());
    }
    this.take();
    return items;
  }
}
