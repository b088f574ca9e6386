import lexer from 'nunjucks/src/lexer.js';
import type { NunjucksNode } from 'nunjucks/src/parser.js';
import type { Body, Expression, MacroNode, RawBlock, Signature, Statement } from './nodes.ts';
import { at } from './operand-parser.ts';
import { StatementParser } from './statement-parser.ts';
import type { KnownNames } from './token-parser.ts';
import type { JinjaTokenizer, RawBlockToken, Token } from './tokenizer.ts';

const noSignature: Signature = { parameters: [], defaults: [] };
const specialNames = ['caller', 'varargs', 'kwargs'] as const;

/** How the blocks of the host are read, by tag. */
export type BlockSignatures = ReadonlyMap<string, 'macro' | 'materialization' | 'name'>;

/** nunjucks' parser for the whole of Jinja2's grammar and the blocks a host declares. */
export class JinjaParser extends StatementParser {
  readonly #signatures: BlockSignatures;

  constructor(tokenizer: JinjaTokenizer, names: KnownNames, signatures: BlockSignatures) {
    super(tokenizer, names);
    this.#signatures = signatures;
  }

  /** The whole template. */
  parseTemplate(): Body {
    return this.parseAsRoot() as unknown as Body;
  }

  override parseNodes(): NunjucksNode[] {
    const nodes: Statement[] = [];
    for (;;) {
      const token = this.nextToken() as Token | RawBlockToken | null;
      if (token === null) break;
      const node = this.#parseNode(token);
      if (node === undefined) return nodes;
      nodes.push(node);
    }
    if (this.breakOnBlocks !== null) this.failAtEnd();
    return nodes;
  }

  #parseNode(token: Token | RawBlockToken): Statement | undefined {
    switch (token.type) {
      case lexer.TOKEN_DATA:
        return { typename: 'Text', ...at(token), value: token.value };
      case lexer.TOKEN_VARIABLE_START: {
        const expression = this.parseValues();
        this.expectToken(lexer.TOKEN_VARIABLE_END, "the end of the expression, '}}'");
        return { typename: 'Print', ...at(token), expression };
      }
      case 'raw-block':
        return { typename: 'RawBlock', ...at(token), block: this.#makeRawBlock(token as RawBlockToken) };
      default:
        return this.#parseStatement(token.start);
    }
  }

  #makeRawBlock(token: RawBlockToken): RawBlock {
    const { kind, name, value, start, end } = token;
    return {
      kind,
      name,
      body: value,
      start,
      end,
      endLineno: token.lineno + countNewlines(this.tokenizer.str, start, end),
    };
  }

  /** A statement, or nothing when its tag ends the block being read. */
  #parseStatement(start: number): Statement | undefined {
    const token = this.peek();
    if (token.type !== lexer.TOKEN_SYMBOL) this.failAt(token, `Expected the name of a tag, got '${token.value}'.`);
    if (this.breakOnBlocks?.includes(token.value)) return undefined;
    if (token.value === 'macro') return this.#parseMacro(start, 'macro');
    if (token.value === 'call') return this.#parseCallBlock(start);
    const signature = this.#signatures.get(token.value);
    return signature === undefined ? this.parseTag(token) : this.#parseMacro(start, signature);
  }

  #parseMacro(start: number, kind: 'macro' | 'materialization' | 'name'): MacroNode {
    const token = this.take();
    const name = this.expectName().value;
    const options = new Map<string, unknown>();
    const signature = kind === 'macro' ? this.#parseSignature() : noSignature;
    if (kind === 'materialization') this.#parseOptions(options);
    return this.#parseMacroBody({ start, token, name, signature, options, end: `end${token.value}` });
  }

  #parseCallBlock(start: number): Statement {
    const token = this.take();
    const signature = this.isNext(lexer.TOKEN_LEFT_PAREN) ? this.#parseSignature() : noSignature;
    const call = this.expectCall(token);
    const caller = this.#parseMacroBody({
      start,
      token,
      name: 'caller',
      signature,
      options: new Map(),
      end: 'endcall',
    });
    return { typename: 'CallBlock', ...at(token), call, caller };
  }

  #parseMacroBody({ start, token, name, signature, options, end }: MacroHead): MacroNode {
    const outer = { names: this.usedNames, loops: this.openLoops };
    const names = new Set<string>();
    this.usedNames = names;
    this.openLoops = 0;
    this.skip(lexer.TOKEN_COLON);
    const bodyStart = this.expectToken(lexer.TOKEN_BLOCK_END, "the end of the tag, '%}'").end;
    const body = this.parseBody(end);
    const bodyEnd = this.tokenizer.str.lastIndexOf('{%', this.take().start);
    const closing = this.expectToken(lexer.TOKEN_BLOCK_END, "the end of the tag, '%}'");
    this.usedNames = outer.names;
    this.openLoops = outer.loops;
    for (const used of names) this.usedNames.add(used);
    const { parameters, defaults } = signature;
    if (names.has('caller') && parameters.slice(0, parameters.length - defaults.length).includes('caller')) {
      this.failAt(token, "The parameter 'caller' needs a default.");
    }
    const uses = new Set(specialNames.filter((special) => names.has(special) && isFree(special, signature)));
    const place = { start, end: closing.end, bodyStart, bodyEnd };
    const kind = token.value;
    return {
      typename: 'Macro',
      ...at(token),
      kind,
      name,
      signature,
      options,
      body,
      uses,
      place,
      endLineno: closing.lineno,
    };
  }

  #parseSignature(): Signature {
    const parameters: string[] = [];
    const defaults: Expression[] = [];
    this.expectToken(lexer.TOKEN_LEFT_PAREN, "'('");
    while (!this.skip(lexer.TOKEN_RIGHT_PAREN)) {
      if (parameters.length > 0) this.expectToken(lexer.TOKEN_COMMA, "',' or ')'");
      const token = this.expectName();
      if (this.skip(lexer.TOKEN_COLON)) this.#skipType();
      if (this.skipValue(lexer.TOKEN_OPERATOR, '=')) defaults.push(this.parseExpression());
      else if (defaults.length > 0) this.failAt(token, 'A parameter without default follows one with a default.');
      parameters.push(token.value);
    }
    return { parameters, defaults };
  }

  /** Types of parameters, as newer projects write them, are for people only. */
  #skipType(): void {
    this.expectName();
    if (this.skip(lexer.TOKEN_LEFT_BRACKET)) {
      this.parseItems(lexer.TOKEN_RIGHT_BRACKET, ']', () => this.#skipType());
    }
  }

  /** `, default` or `, adapter='x'` and `, supported_languages=['sql']` of a materialization. */
  #parseOptions(options: Map<string, unknown>): void {
    while (this.skip(lexer.TOKEN_COMMA)) {
      const token = this.expectName();
      if (token.value === 'default') options.set('adapter', 'default');
      else if (token.value !== 'adapter' && token.value !== 'supported_languages') {
        this.failAt(token, `A materialization has no option '${token.value}'.`);
      } else {
        if (!this.skipValue(lexer.TOKEN_OPERATOR, '=')) this.fail("Expected '='.");
        options.set(token.value, this.#literalOf(this.parseExpression(), token));
      }
    }
  }

  #literalOf(node: Expression, token: Token): unknown {
    if (node.typename === 'Constant') return node.value;
    if (node.typename === 'List' || node.typename === 'Tuple')
      return node.items.map((item) => this.#literalOf(item, token));
    return this.failAt(token, `The option '${token.value}' must be a plain value.`);
  }
}

interface MacroHead {
  readonly start: number;
  readonly token: Token;
  readonly name: string;
  readonly signature: Signature;
  readonly options: ReadonlyMap<string, unknown>;
  readonly end: string;
}

function isFree(special: string, { parameters }: Signature): boolean {
  return !parameters.includes(special);
}

function countNewlines(text: string, start: number, end: number): number {
  let count = 0;
  for (let i = text.indexOf('\n', start); i >= 0 && i < end; i = text.indexOf('\n', i + 1)) count += 1;
  return count;
}
