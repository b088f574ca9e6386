// The members of nunjucks 3.2.4 that the subclasses here build on; tests/unit/jinja/nunjucks.test.ts holds them to it.
declare module 'nunjucks/src/lexer.js' {
  /** One piece of a template; lines and columns count from 0. */
  export interface NunjucksToken {
    readonly type: string;
    readonly value: string;
    readonly lineno: number;
    readonly colno: number;
  }
  export class Tokenizer {
    constructor(text: string);
    str: string;
    index: number;
    len: number;
    lineno: number;
    colno: number;
    in_code: boolean;
    nextToken(): NunjucksToken | null;
    isFinished(): boolean;
  }
  const lexer: {
    lex(text: string): Tokenizer;
    readonly TOKEN_STRING: 'string';
    readonly TOKEN_DATA: 'data';
    readonly TOKEN_BLOCK_START: 'block-start';
    readonly TOKEN_BLOCK_END: 'block-end';
    readonly TOKEN_VARIABLE_START: 'variable-start';
    readonly TOKEN_VARIABLE_END: 'variable-end';
    readonly TOKEN_LEFT_PAREN: 'left-paren';
    readonly TOKEN_RIGHT_PAREN: 'right-paren';
    readonly TOKEN_LEFT_BRACKET: 'left-bracket';
    readonly TOKEN_RIGHT_BRACKET: 'right-bracket';
    readonly TOKEN_LEFT_CURLY: 'left-curly';
    readonly TOKEN_RIGHT_CURLY: 'right-curly';
    readonly TOKEN_OPERATOR: 'operator';
    readonly TOKEN_COMMA: 'comma';
    readonly TOKEN_COLON: 'colon';
    readonly TOKEN_TILDE: 'tilde';
    readonly TOKEN_PIPE: 'pipe';
    readonly TOKEN_INT: 'int';
    readonly TOKEN_FLOAT: 'float';
    readonly TOKEN_SYMBOL: 'symbol';
  };
  export default lexer;
}

declare module 'nunjucks/src/parser.js' {
  import type { NunjucksToken, Tokenizer } from 'nunjucks/src/lexer.js';

  /** A node that nunjucks itself makes: `Root`, `NodeList`, `Or`, `And`. */
  export interface NunjucksNode {
    readonly typename: string;
    readonly lineno: number;
    readonly colno: number;
  }
  export class Parser {
    constructor(tokens: Pick<Tokenizer, 'nextToken'>);
    breakOnBlocks: string[] | null;
    init(tokens: Pick<Tokenizer, 'nextToken'>): void;
    nextToken(): NunjucksToken | null;
    peekToken(): NunjucksToken | null;
    skip(type: string): boolean;
    skipValue(type: string, value: string): boolean;
    skipSymbol(value: string): boolean;
    fail(message: string, lineno?: number, colno?: number): never;
    parseOr(): NunjucksNode;
    parseAnd(): NunjucksNode;
    parseNot(): NunjucksNode;
    parseNodes(): NunjucksNode[];
    parseUntilBlocks(...names: string[]): NunjucksNode & { children: NunjucksNode[] };
    parseAsRoot(): NunjucksNode & { children: NunjucksNode[] };
  }
  const parser: { readonly Parser: typeof Parser };
  export default parser;
}

declare module 'nunjucks/src/compiler.js' {
  export class Compiler {
    constructor(name: string);
    codebuf: string[];
    buffer: string | null;
    init(name: string): void;
    compile(node: { readonly typename: string }): void;
    fail(message: string, lineno?: number, colno?: number): never;
    getCode(): string;
    _emit(code: string): void;
    _tmpid(): string;
    _pushBuffer(): string;
    _popBuffer(): void;
    _compileChildren(node: { readonly children: readonly { readonly typename: string }[] }): void;
  }
  const compiler: { readonly Compiler: typeof Compiler };
  export default compiler;
}
