import lexer from 'nunjucks/src/lexer.js';
import { parseIntegerLiteral } from './literals.ts';
import type { CallArguments, Expression, Position } from './nodes.ts';
import { TokenParser } from './token-parser.ts';
import type { Token } from './tokenizer.ts';

const constants: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
]);

/** Whether a name is a constant and so cannot be assigned to. */
export function isConstantName(name: string): boolean {
  return constants.has(name);
}

/** The place of a token, to spread into a node. */
export function at(token: Position): Position {
  return { lineno: token.lineno, colno: token.colno };
}

function isAssignment(token: Token | null): boolean {
  return token !== null && token.type === lexer.TOKEN_OPERATOR && token.value === '=';
}

/** Names, literals, collections, and what may follow them: attributes, items and calls. */
export abstract class OperandParser extends TokenParser {
  /** Whether a slice was read. */
  hasSlices = false;

  abstract parseExpression(): Expression;

  protected parsePrimary(): Expression {
    const token = this.take();
    switch (token.type) {
      case lexer.TOKEN_SYMBOL:
        return this.makeName(token);
      case lexer.TOKEN_STRING:
        return this.joinStrings(token);
      case lexer.TOKEN_INT:
        return { typename: 'Constant', ...at(token), value: parseIntegerLiteral(token.value) };
      case lexer.TOKEN_FLOAT:
        return { typename: 'Float', ...at(token), value: Number(token.value) };
      case lexer.TOKEN_LEFT_PAREN:
        return this.parseParenthesised(token);
      case lexer.TOKEN_LEFT_BRACKET:
        return {
          typename: 'List',
          ...at(token),
          items: this.parseItems(lexer.TOKEN_RIGHT_BRACKET, ']', () => this.parseExpression()),
        };
      case lexer.TOKEN_LEFT_CURLY:
        return {
          typename: 'Dict',
          ...at(token),
          pairs: this.parseItems(lexer.TOKEN_RIGHT_CURLY, '}', () => this.parsePair()),
        };
      default:
        return this.failAt(token, describeUnexpected(token));
    }
  }

  private makeName(token: Token): Expression {
    const constant = constants.get(token.value);
    if (constant !== undefined) return { typename: 'Constant', ...at(token), value: constant };
    this.usedNames.add(token.value);
    return { typename: 'Name', ...at(token), name: token.value };
  }

  private joinStrings(token: Token): Expression {
    let value = token.value;
    while (this.isNext(lexer.TOKEN_STRING)) value += this.take().value;
    return { typename: 'Constant', ...at(token), value };
  }

  private parseParenthesised(token: Token): Expression {
    const inner = this.isNext(lexer.TOKEN_RIGHT_PAREN)
      ? ({ typename: 'Tuple', ...at(token), items: [] } satisfies Expression)
      : this.parseTuple(() => this.parseExpression());
    this.expectToken(lexer.TOKEN_RIGHT_PAREN, "')'");
    return inner;
  }

  private parsePair(): readonly [Expression, Expression] {
    const key = this.parseExpression();
    this.expectToken(lexer.TOKEN_COLON, "':'");
    return [key, this.parseExpression()];
  }

  /** One expression, or a tuple when there are commas. */
  parseTuple(parseItem: () => Expression, endName?: string): Expression {
    const token = this.peek();
    const first = parseItem();
    if (!this.isNext(lexer.TOKEN_COMMA)) return first;
    const items = [first];
    while (this.skip(lexer.TOKEN_COMMA)) {
      if (this.isTupleEnd(endName)) break;
      items.push(parseItem());
    }
    return { typename: 'Tuple', ...at(token), items };
  }

  protected isTupleEnd(endName: string | undefined): boolean {
    const { type, value } = this.peek();
    if (type === lexer.TOKEN_SYMBOL) return value === endName;
    return type === lexer.TOKEN_VARIABLE_END || type === lexer.TOKEN_BLOCK_END || type === lexer.TOKEN_RIGHT_PAREN;
  }

  protected parsePostfix(start: Expression): Expression {
    let node = start;
    for (;;) {
      const token = this.peekToken() as Token | null;
      if (token === null) return node;
      if (token.type === lexer.TOKEN_LEFT_PAREN) node = this.parseCall(node);
      else if (token.type === lexer.TOKEN_LEFT_BRACKET) node = this.parseSubscript(node);
      else if (token.type === lexer.TOKEN_OPERATOR && token.value === '.') node = this.parseDot(node);
      else return node;
    }
  }

  protected parseCall(target: Expression): Expression {
    const token = this.peek();
    return { typename: 'Call', ...at(token), target, args: this.parseArguments() };
  }

  private parseDot(target: Expression): Expression {
    const dot = this.take();
    const token = this.take();
    if (token.type === lexer.TOKEN_SYMBOL) return { typename: 'GetAttribute', ...at(dot), target, name: token.value };
    if (token.type !== lexer.TOKEN_INT)
      this.failAt(token, `Expected a name or number after '.', got '${token.value}'.`);
    const index: Expression = { typename: 'Constant', ...at(token), value: parseIntegerLiteral(token.value) };
    return { typename: 'GetItem', ...at(dot), target, index };
  }

  private parseSubscript(target: Expression): Expression {
    const token = this.take();
    const parts: Expression[] = [];
    while (!this.isNext(lexer.TOKEN_RIGHT_BRACKET)) {
      if (parts.length > 0) this.expectToken(lexer.TOKEN_COMMA, "',' or ']'");
      parts.push(this.parseIndex());
    }
    this.take();
    const [first] = parts;
    const index: Expression =
      first !== undefined && parts.length === 1 ? first : { typename: 'Tuple', ...at(token), items: parts };
    return { typename: 'GetItem', ...at(token), target, index };
  }

  private parseIndex(): Expression {
    const token = this.peek();
    const first = this.isNext(lexer.TOKEN_COLON) ? undefined : this.parseExpression();
    if (first !== undefined && !this.isNext(lexer.TOKEN_COLON)) return first;
    const bounds: (Expression | undefined)[] = [first];
    while (bounds.length < 3 && this.skip(lexer.TOKEN_COLON)) bounds.push(this.parseBound());
    this.hasSlices = true;
    return { typename: 'Slice', ...at(token), bounds };
  }

  private parseBound(): Expression | undefined {
    const { type } = this.peek();
    const isOmitted = type === lexer.TOKEN_COLON || type === lexer.TOKEN_RIGHT_BRACKET || type === lexer.TOKEN_COMMA;
    return isOmitted ? undefined : this.parseExpression();
  }

  protected parseArguments(): CallArguments {
    const opening = this.expectToken(lexer.TOKEN_LEFT_PAREN, "'('");
    const positional: Expression[] = [];
    const keywords: (readonly [string, Expression])[] = [];
    let rest: Expression | undefined;
    let options: Expression | undefined;
    const ensure = (isValid: boolean) => {
      if (!isValid) this.failAt(opening, 'Invalid order of arguments in a call.');
    };
    this.parseItems(lexer.TOKEN_RIGHT_PAREN, ')', () => {
      if (this.skipValue(lexer.TOKEN_OPERATOR, '*')) {
        ensure(rest === undefined && options === undefined);
        rest = this.parseExpression();
      } else if (this.skipValue(lexer.TOKEN_OPERATOR, '**')) {
        ensure(options === undefined);
        options = this.parseExpression();
      } else if (this.isNext(lexer.TOKEN_SYMBOL) && isAssignment(this.tokenizer.look())) {
        ensure(options === undefined);
        const name = this.take().value;
        if (keywords.some(([other]) => other === name)) this.fail(`The argument '${name}' is given twice.`);
        this.take();
        keywords.push([name, this.parseExpression()]);
      } else {
        ensure(rest === undefined && options === undefined && keywords.length === 0);
        positional.push(this.parseExpression());
      }
    });
    return { positional, keywords, rest, options };
  }
}

function describeUnexpected({ value }: Token): string {
  return /^-?[%}]\}$/.test(value) ? `A value is missing before '${value}'.` : `Unexpected '${value}'.`;
}
