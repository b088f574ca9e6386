import lexer from 'nunjucks/src/lexer.js';
import type { CallArguments, CompareNode, CompareOperator, Expression, FilterNode, TestNode } from './nodes.ts';
import { at, OperandParser } from './operand-parser.ts';
import type { Token } from './tokenizer.ts';

const compareOperators: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);
const additive: ReadonlySet<string> = new Set(['+', '-']);
const multiplicative: ReadonlySet<string> = new Set(['*', '/', '//', '%']);
const power: ReadonlySet<string> = new Set(['**']);
const testArgumentStarts: ReadonlySet<string> = new Set([
  lexer.TOKEN_SYMBOL,
  lexer.TOKEN_STRING,
  lexer.TOKEN_INT,
  lexer.TOKEN_FLOAT,
  lexer.TOKEN_LEFT_BRACKET,
  lexer.TOKEN_LEFT_CURLY,
]);
const noArguments: CallArguments = { positional: [], keywords: [], rest: undefined, options: undefined };

/** nunjucks' parser with Jinja2's grammar of expressions. */
export abstract class ExpressionParser extends OperandParser {
  parseExpression(): Expression {
    let body = this.parseCondition();
    while (this.isSymbolNext('if')) {
      const token = this.take();
      const condition = this.parseCondition();
      const otherwise = this.skipSymbol('else') ? this.parseExpression() : undefined;
      body = { typename: 'Conditional', ...at(token), condition, body, otherwise };
    }
    return body;
  }

  /** An expression that is not `a if b else c` itself. */
  protected parseCondition(): Expression {
    return this.parseOr() as Expression;
  }

  override parseNot(): Expression {
    const token = this.peek();
    if (!this.skipSymbol('not')) return this.parseCompare();
    return { typename: 'Not', ...at(token), target: this.parseNot() };
  }

  parseCompare(): Expression {
    const first = this.parseAdditive();
    const token = this.peekToken() as Token | null;
    const rest: { operator: CompareOperator; operand: Expression }[] = [];
    for (;;) {
      const operator = this.takeCompareOperator();
      if (operator === undefined) break;
      rest.push({ operator, operand: this.parseAdditive() });
    }
    return rest.length === 0 || token === null
      ? first
      : ({ typename: 'Compare', ...at(token), first, rest } satisfies CompareNode);
  }

  private takeCompareOperator(): CompareOperator | undefined {
    const token = this.peekToken();
    if (token === null) return undefined;
    if (token.type === lexer.TOKEN_OPERATOR && compareOperators.has(token.value)) {
      return this.take().value as CompareOperator;
    }
    if (this.skipSymbol('in')) return 'in';
    if (!this.isSymbolNext('not') || this.tokenizer.look()?.value !== 'in') return undefined;
    this.take();
    this.take();
    return 'not in';
  }

  private parseBinary(operators: ReadonlySet<string>, parseOperand: () => Expression): Expression {
    let left = parseOperand();
    for (;;) {
      const token = this.peekToken() as Token | null;
      if (token === null || token.type !== lexer.TOKEN_OPERATOR || !operators.has(token.value)) return left;
      this.take();
      const operator = token.value as '+';
      left = { typename: 'Binary', ...at(token), operator, left, right: parseOperand() };
    }
  }

  private parseAdditive(): Expression {
    return this.parseBinary(additive, () => this.parseConcat());
  }

  private parseConcat(): Expression {
    const first = this.parseProduct();
    if (!this.isNext(lexer.TOKEN_TILDE)) return first;
    const token = this.peek();
    const parts = [first];
    while (this.skip(lexer.TOKEN_TILDE)) parts.push(this.parseProduct());
    return { typename: 'Concat', ...at(token), parts };
  }

  private parseProduct(): Expression {
    return this.parseBinary(multiplicative, () => this.parsePower());
  }

  private parsePower(): Expression {
    return this.parseBinary(power, () => this.parseUnary(true));
  }

  private parseUnary(withFilters: boolean): Expression {
    const token = this.peek();
    const isSigned = token.type === lexer.TOKEN_OPERATOR && (token.value === '-' || token.value === '+');
    const node = isSigned ? this.parseSigned(token) : this.parsePrimary();
    const complete = this.parsePostfix(node);
    return withFilters ? this.parseFilters(complete) : complete;
  }

  private parseSigned(token: Token): Expression {
    this.take();
    const operator = token.value === '-' ? '-' : '+';
    return { typename: 'Unary', ...at(token), operator, target: this.parseUnary(false) };
  }

  private parseFilters(start: Expression): Expression {
    let node = start;
    for (;;) {
      if (this.isNext(lexer.TOKEN_PIPE)) node = this.parseFilter(node);
      else if (this.isSymbolNext('is')) node = this.parseTest(node);
      else if (this.isNext(lexer.TOKEN_LEFT_PAREN)) node = this.parseCall(node);
      else return node;
    }
  }

  /** `| name(arguments)`; the filters of a block have no input. */
  protected parseFilter(input: Expression | undefined): FilterNode {
    this.take();
    return this.parseFilterName(input);
  }

  protected parseFilterName(input: Expression | undefined): FilterNode {
    const token = this.peek();
    const name = this.parseDottedName();
    const args = this.isNext(lexer.TOKEN_LEFT_PAREN) ? this.parseArguments() : noArguments;
    const node: FilterNode = { typename: 'Filter', ...at(token), input, name, args };
    if (!this.names.hasFilter(name)) this.unknownNames.push(node);
    return node;
  }

  private parseDottedName(): string {
    let name = this.expectName().value;
    while (this.skipValue(lexer.TOKEN_OPERATOR, '.')) name += `.${this.expectName().value}`;
    return name;
  }

  private parseTest(target: Expression): Expression {
    const token = this.take();
    const isNegated = this.skipSymbol('not');
    const name = this.parseDottedName();
    const node: TestNode = { typename: 'Test', ...at(token), target, name, args: this.parseTestArguments() };
    if (!this.names.hasTest(name)) this.unknownNames.push(node);
    return isNegated ? { typename: 'Not', ...at(token), target: node } : node;
  }

  private parseTestArguments(): CallArguments {
    const token = this.peek();
    if (token.type === lexer.TOKEN_LEFT_PAREN) return this.parseArguments();
    if (!testArgumentStarts.has(token.type)) return noArguments;
    if (token.type === lexer.TOKEN_SYMBOL) {
      if (token.value === 'else' || token.value === 'or' || token.value === 'and') return noArguments;
      if (token.value === 'is') this.failAt(token, "Tests cannot be chained with 'is'.");
    }
    return { ...noArguments, positional: [this.parsePostfix(this.parsePrimary())] };
  }
}
