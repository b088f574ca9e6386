import lexer, { type NunjucksToken, type Tokenizer } from 'nunjucks/src/lexer.js';
import { StrataError } from '../../errors.ts';
import { trimSpaceEnd, whitespace } from '../values/text.ts';
import { unescapeString } from './unescape.ts';

/** A token with the place of its text in the source. */
export interface Token extends NunjucksToken {
  readonly start: number;
  readonly end: number;
}

/** A whole block whose body is text and not template, such as a docs block. */
export interface RawBlockToken extends Token {
  readonly type: 'raw-block';
  readonly kind: string;
  readonly name: string;
}

/** What the tokenizer has to know about a template. */
export interface TokenizerOptions {
  readonly file: string;
  /** The number of the first line. */
  readonly line: number;
  /** Kinds of blocks that are read as text. */
  readonly rawBlocks: readonly string[];
  readonly keepTrailingNewline: boolean;
}

// nunjucks does not export its class, only a function that makes one.
const BaseTokenizer = lexer.lex('').constructor as typeof Tokenizer;

const space = new RegExp(`[${whitespace}]+`, 'y');
const asciiName = /[A-Za-z_][A-Za-z0-9_]*/y;
const anyName = /[\p{XID_Start}_]\p{XID_Continue}*/uy;
const float = /(?<!\.)(?:\d+_)*\d+(?:(?:\.(?:\d+_)*\d+)?[eE][+-]?(?:\d+_)*\d+|\.(?:\d+_)*\d+)/y;
const integer = /0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[\da-fA-F])+|[1-9](?:_?\d)*|0(?:_?0)*/y;
const string = /'([^'\\]*(?:\\[\s\S][^'\\]*)*)'|"([^"\\]*(?:\\[\s\S][^"\\]*)*)"/y;
const operator = /\/\/|\*\*|==|!=|<=|>=|[-+*/%<>=.;]/y;
const blockEnd = new RegExp(`\\+%\\}|-%\\}[${whitespace}]*|%\\}`, 'y');
const variableEnd = new RegExp(`-\\}\\}[${whitespace}]*|\\}\\}`, 'y');
const rawStart = new RegExp(`\\{%[-+]?[${whitespace}]*raw[${whitespace}]*(?:-%\\}[${whitespace}]*|%\\})`, 'y');
const rawEnd = new RegExp(
  `\\{%([-+]?)[${whitespace}]*endraw[${whitespace}]*(?:\\+%\\}|-%\\}[${whitespace}]*|%\\})`,
  'g',
);

const opening = new Map<string, string>([
  ['(', lexer.TOKEN_LEFT_PAREN],
  ['[', lexer.TOKEN_LEFT_BRACKET],
  ['{', lexer.TOKEN_LEFT_CURLY],
]);
const closing = new Map<string, readonly [type: string, opener: string]>([
  [')', [lexer.TOKEN_RIGHT_PAREN, '(']],
  [']', [lexer.TOKEN_RIGHT_BRACKET, '[']],
  ['}', [lexer.TOKEN_RIGHT_CURLY, '{']],
]);
const punctuation = new Map<string, string>([
  [',', lexer.TOKEN_COMMA],
  [':', lexer.TOKEN_COLON],
  ['~', lexer.TOKEN_TILDE],
  ['|', lexer.TOKEN_PIPE],
]);

/** nunjucks' tokenizer with Jinja2's rules for names, numbers, strings, white space, `raw` and nested braces. */
export class JinjaTokenizer extends BaseTokenizer {
  readonly #options: TokenizerOptions;
  readonly #openers: string[] = [];
  #inBlock = false;
  #ahead: Token | null | undefined;
  #lineStart = 0;
  #nextNewline = -1;

  constructor(source: string, options: TokenizerOptions) {
    super(normalizeSource(source, options.keepTrailingNewline));
    this.#options = options;
    this.#nextNewline = this.str.indexOf('\n');
  }

  override nextToken(): Token | null {
    if (this.#ahead === undefined) return this.#read();
    const token = this.#ahead;
    this.#ahead = undefined;
    return token;
  }

  /** The token after the one read last, without consuming it. */
  look(): Token | null {
    this.#ahead ??= this.#read();
    return this.#ahead;
  }

  /** The error for a place in this template; lines and columns count from 0. */
  error(message: string, lineno: number, colno: number): StrataError {
    const { file, line } = this.#options;
    return new StrataError('template-syntax', message, { file, line: line + lineno, column: colno + 1 });
  }

  #read(): Token | null {
    for (;;) {
      if (this.in_code) this.#match(space);
      this.#updatePosition();
      if (this.isFinished()) {
        if (this.in_code) throw this.#fail('Unexpected end of template: a tag is not closed.');
        return null;
      }
      const token = this.in_code ? this.#readCode() : this.#readText();
      if (token !== undefined) return token;
    }
  }

  /** Text up to the next tag, or the tag's start. Nothing for a comment or empty text. */
  #readText(): Token | undefined {
    const end = this.#findTag();
    if (end > this.index) {
      const start = this.index;
      let text = this.str.slice(start, end);
      this.index = end;
      if (this.str[end + 2] === '-') text = trimSpaceEnd(text);
      return text === '' ? undefined : this.#token(lexer.TOKEN_DATA, text, start);
    }
    const kind = this.str[this.index + 1];
    if (kind === '#') return this.#skipComment();
    if (kind === '%') {
      const start = this.index;
      if (this.#match(rawStart) !== undefined) return this.#readRaw(start);
      const block = this.#readRawBlock();
      if (block !== undefined) return block;
    }
    return this.#startTag(kind === '%');
  }

  #findTag(): number {
    let i = this.str.indexOf('{', this.index);
    while (i >= 0) {
      const next = this.str[i + 1];
      if (next === '%' || next === '{' || next === '#') return i;
      i = this.str.indexOf('{', i + 1);
    }
    return this.len;
  }

  #startTag(isBlock: boolean): Token {
    const start = this.index;
    const sign = this.str[start + 2];
    this.index += sign === '-' || sign === '+' ? 3 : 2;
    this.in_code = true;
    this.#inBlock = isBlock;
    return this.#token(isBlock ? lexer.TOKEN_BLOCK_START : lexer.TOKEN_VARIABLE_START, isBlock ? '{%' : '{{', start);
  }

  #skipComment(): undefined {
    const sign = this.str[this.index + 2];
    const start = this.index + (sign === '-' || sign === '+' ? 3 : 2);
    const end = this.str.indexOf('#}', start);
    if (end < 0 && start < this.len) throw this.#fail("The comment is not closed: no '#}' follows.");
    const trims = this.str[end - 1] === '-' && end > start;
    this.index = end < 0 ? start : end + 2;
    if (trims) this.#match(space);
    return undefined;
  }

  #readRaw(start: number): Token | undefined {
    if (this.isFinished()) return undefined;
    rawEnd.lastIndex = this.index;
    const end = rawEnd.exec(this.str);
    if (end === null) throw this.#fail('The raw block is not closed: no {% endraw %} follows.');
    let text = this.str.slice(this.index, end.index);
    if (end[1] === '-') text = trimSpaceEnd(text);
    this.index = end.index + end[0].length;
    return text === '' ? undefined : this.#token(lexer.TOKEN_DATA, text, start);
  }

  #readRawBlock(): RawBlockToken | undefined {
    const { rawBlocks } = this.#options;
    if (rawBlocks.length === 0) return undefined;
    const start = this.index;
    const head = new RegExp(`\\{%[-+]?\\s*(${rawBlocks.join('|')})\\s+(\\w+)\\s*[-+]?%\\}`, 'y');
    const opened = this.#match(head);
    if (opened === undefined) return undefined;
    const [, kind = '', name = ''] = opened;
    const tail = new RegExp(`\\{%[-+]?\\s*end${kind}\\s*[-+]?%\\}`, 'g');
    tail.lastIndex = this.index;
    const closed = tail.exec(this.str);
    if (closed === null) throw this.#fail(`The block is not closed: no {% end${kind} %} follows.`);
    const body = this.str.slice(this.index, closed.index);
    this.index = tail.lastIndex;
    return { ...this.#token('raw-block', body, start), type: 'raw-block', kind, name };
  }

  #readCode(): Token {
    const start = this.index;
    if (this.#openers.length === 0) {
      const ended = this.#match(this.#inBlock ? blockEnd : variableEnd);
      if (ended !== undefined) return this.#endTag(start, ended[0]);
    }
    const name = this.#match(asciiName);
    if (name !== undefined && this.str.charCodeAt(this.index) < 128)
      return this.#token(lexer.TOKEN_SYMBOL, name[0], start);
    this.index = start;
    return this.#readLiteral(start) ?? this.#readPunctuation(start);
  }

  /** The token ends with the tag, not with the white space that the tag removes. */
  #endTag(start: number, text: string): Token {
    this.in_code = false;
    const type = this.#inBlock ? lexer.TOKEN_BLOCK_END : lexer.TOKEN_VARIABLE_END;
    const token = this.#token(type, this.#inBlock ? '%}' : '}}', start);
    return { ...token, end: start + text.lastIndexOf('}') + 1 };
  }

  #readLiteral(start: number): Token | undefined {
    const name = this.#match(anyName);
    if (name !== undefined) return this.#token(lexer.TOKEN_SYMBOL, name[0], start);
    const quoted = this.#match(string);
    if (quoted !== undefined) {
      const text = unescapeString(quoted[1] ?? quoted[2] ?? '');
      if (text === undefined) throw this.#fail('The string has an escape sequence that is not complete.');
      return this.#token(lexer.TOKEN_STRING, text, start);
    }
    const decimal = this.#match(float);
    if (decimal !== undefined) return this.#token(lexer.TOKEN_FLOAT, decimal[0].replaceAll('_', ''), start);
    const whole = this.#match(integer);
    return whole === undefined ? undefined : this.#token(lexer.TOKEN_INT, whole[0].replaceAll('_', ''), start);
  }

  #readPunctuation(start: number): Token {
    const character = this.str[start] ?? '';
    const sign = this.#match(operator);
    if (sign !== undefined) return this.#token(lexer.TOKEN_OPERATOR, sign[0], start);
    this.index += 1;
    const opener = opening.get(character);
    if (opener !== undefined) this.#openers.push(character);
    const closer = closing.get(character);
    if (closer !== undefined) this.#close(character, closer[1]);
    const type = opener ?? closer?.[0] ?? punctuation.get(character);
    if (type !== undefined) return this.#token(type, character, start);
    throw this.#fail(
      character === '"' || character === "'" ? 'The string is not closed.' : `Unexpected character '${character}'.`,
    );
  }

  #close(character: string, wanted: string): void {
    const opener = this.#openers.pop();
    if (opener === wanted) return;
    const reason = opener === undefined ? '' : `: '${opener}' is not closed`;
    throw this.#fail(`Unexpected '${character}'${reason}.`);
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.index;
    const match = pattern.exec(this.str);
    if (match === null) return undefined;
    this.index = pattern.lastIndex;
    return match;
  }

  #updatePosition(): void {
    while (this.#nextNewline >= 0 && this.#nextNewline < this.index) {
      this.lineno += 1;
      this.#lineStart = this.#nextNewline + 1;
      this.#nextNewline = this.str.indexOf('\n', this.#lineStart);
    }
    this.colno = this.index - this.#lineStart;
  }

  #token(type: string, value: string, start: number): Token {
    return { type, value, lineno: this.lineno, colno: this.colno, start, end: this.index };
  }

  #fail(message: string): StrataError {
    return this.error(message, this.lineno, this.colno);
  }
}

/** The source as Jinja2 sees it: newlines are `\n`, and one at the end is dropped unless it is to be kept. */
export function normalizeSource(source: string, keepTrailingNewline: boolean): string {
  const text = source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source;
  return keepTrailingNewline || !text.endsWith('\n') ? text : text.slice(0, -1);
}
