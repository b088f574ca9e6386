import lexer from 'nunjucks/src/lexer.js';
import { findNearest } from '../../nearest.ts';
import { ExpressionParser } from './expression-parser.ts';
import type { Body, CallNode, Expression, FilterNode, ForNode, Statement, Target } from './nodes.ts';
import { at, isConstantName } from './operand-parser.ts';
import type { Token } from './tokenizer.ts';

const tagNames = ['set', 'if', 'for', 'do', 'print', 'with', 'filter', 'break', 'continue', 'macro', 'call', 'raw'];

/** Statements of Jinja2 but macros and the blocks of the host. */
export abstract class StatementParser extends ExpressionParser {
  /** How many loops of this macro are open, for `break` and `continue`. */
  protected openLoops = 0;

  /** The statement for a tag with that name, whose first token is at hand. */
  protected parseTag(token: Token): Statement {
    switch (token.value) {
      case 'set':
        return this.parseSetTag(token);
      case 'if':
        return this.parseIfTag();
      case 'for':
        return this.parseForTag(token);
      case 'do':
        this.take();
        return { typename: 'Do', ...at(token), expression: this.finishTag(this.parseValues()) };
      case 'print':
        return this.parsePrintTag(token);
      case 'with':
        return this.parseWithTag(token);
      case 'filter':
        return this.parseFilterTag(token);
      case 'break':
      case 'continue':
        return this.parseJump(token);
      case 'block':
        return this.parseInlineBlock(token);
      case 'include':
      case 'import':
      case 'from':
      case 'extends':
        return this.failAt(token, `The tag '${token.value}' is not available: a template cannot read other files.`);
      case 'autoescape':
        return this.failAt(token, "The tag 'autoescape' is not available: nothing is escaped.");
      default:
        return this.failUnknownTag(token);
    }
  }

  private failUnknownTag(token: Token): never {
    const wanted = this.breakOnBlocks;
    const nearest = findNearest(token.value, [...tagNames, ...(wanted ?? [])]);
    const isNear =
      nearest !== undefined && nearest !== token.value && Math.abs(nearest.length - token.value.length) < 2;
    const meant = !isNear ? '' : ` Did you mean '${nearest}'?`;
    const open = wanted === null ? '' : ` The innermost open block needs one of: ${wanted.join(', ')}.`;
    return this.failAt(token, `Unknown tag '${token.value}'.${meant}${open}`);
  }

  /** An expression, or a tuple without parentheses. */
  protected parseValues(): Expression {
    return this.parseTuple(() => this.parseExpression());
  }

  /** Goes past the end of the tag and passes a value on. */
  protected finishTag<T>(value: T): T {
    this.skip(lexer.TOKEN_COLON);
    this.expectToken(lexer.TOKEN_BLOCK_END, "the end of the tag, '%}'");
    return value;
  }

  /** The statements up to one of the end tags, whose name is left at hand. */
  protected parseBody(...ends: string[]): Body {
    return this.parseUntilBlocks(...ends) as unknown as Body;
  }

  /** The statements up to the end tag, which is consumed. */
  protected parseWholeBody(end: string): Body {
    const body = this.parseBody(end);
    this.take();
    return this.finishTag(body);
  }

  private parseIfTag(): Statement {
    const token = this.take();
    const condition = this.finishTag(this.parseTuple(() => this.parseCondition()));
    const body = this.parseBody('elif', 'else', 'endif');
    const node = { typename: 'If', ...at(token), condition, body } as const;
    if (this.isSymbolNext('elif')) {
      const nested = this.parseIfTag();
      return { ...node, otherwise: { typename: 'NodeList', ...at(nested), children: [nested] } };
    }
    const isElse = this.take().value === 'else';
    this.finishTag(undefined);
    return { ...node, otherwise: isElse ? this.parseWholeBody('endif') : undefined };
  }

  private parseForTag(token: Token): ForNode {
    this.take();
    const target = this.parseTarget({ endName: 'in' });
    if (usesName(target, 'loop')) this.failAt(token, "The name 'loop' cannot be assigned to by a loop.");
    if (!this.skipSymbol('in')) this.fail("Expected 'in' after the names of the loop.");
    const items = this.parseTuple(() => this.parseCondition(), 'recursive');
    const test = this.skipSymbol('if') ? this.parseExpression() : undefined;
    const isRecursive = this.skipSymbol('recursive');
    this.finishTag(undefined);
    const { body, usesLoop } = this.parseLoopBody();
    const isElse = this.take().value === 'else';
    this.finishTag(undefined);
    const otherwise = isElse ? this.parseWholeBody('endfor') : undefined;
    return {
      typename: 'For',
      ...at(token),
      target,
      items,
      test,
      isRecursive,
      body,
      otherwise,
      usesLoop: usesLoop || isRecursive,
    };
  }

  private parseLoopBody(): { body: Body; usesLoop: boolean } {
    const isUsedOutside = this.usedNames.delete('loop');
    this.openLoops += 1;
    const body = this.parseBody('endfor', 'else');
    this.openLoops -= 1;
    const usesLoop = this.usedNames.delete('loop');
    if (isUsedOutside) this.usedNames.add('loop');
    return { body, usesLoop };
  }

  private parseJump(token: Token): Statement {
    this.take();
    if (this.openLoops === 0) this.failAt(token, `'${token.value}' stands outside of a loop.`);
    this.finishTag(undefined);
    return { typename: token.value === 'break' ? 'Break' : 'Continue', ...at(token) };
  }

  private parsePrintTag(token: Token): Statement {
    this.take();
    const children: Statement[] = [];
    while (!this.isNext(lexer.TOKEN_BLOCK_END)) {
      if (children.length > 0) this.expectToken(lexer.TOKEN_COMMA, "','");
      children.push({ typename: 'Print', ...at(token), expression: this.parseExpression() });
    }
    return this.finishTag({ typename: 'NodeList', ...at(token), children });
  }

  private parseSetTag(token: Token): Statement {
    this.take();
    const target = this.parseTarget({ withNamespace: true });
    if (this.skipValue(lexer.TOKEN_OPERATOR, '=')) {
      return { typename: 'Set', ...at(token), target, value: this.finishTag(this.parseValues()) };
    }
    const filter = this.isNext(lexer.TOKEN_PIPE) ? this.parseFilterChain(this.parseFilter(undefined)) : undefined;
    this.finishTag(undefined);
    return { typename: 'SetBlock', ...at(token), target, filter, body: this.parseWholeBody('endset') };
  }

  private parseFilterTag(token: Token): Statement {
    this.take();
    const filter = this.finishTag(this.parseFilterChain(this.parseFilterName(undefined)));
    return { typename: 'FilterBlock', ...at(token), filter, body: this.parseWholeBody('endfilter') };
  }

  private parseFilterChain(first: FilterNode): FilterNode {
    let node = first;
    while (this.isNext(lexer.TOKEN_PIPE)) node = this.parseFilter(node);
    return node;
  }

  private parseWithTag(token: Token): Statement {
    this.take();
    const targets: Target[] = [];
    const values: Expression[] = [];
    while (!this.isNext(lexer.TOKEN_BLOCK_END)) {
      if (targets.length > 0) this.expectToken(lexer.TOKEN_COMMA, "','");
      targets.push(this.parseTarget({}));
      if (!this.skipValue(lexer.TOKEN_OPERATOR, '=')) this.fail("Expected '='.");
      values.push(this.parseExpression());
    }
    this.finishTag(undefined);
    return { typename: 'With', ...at(token), targets, values, body: this.parseWholeBody('endwith') };
  }

  /** Without inheritance, a `block` is its body in a scope of its own. */
  private parseInlineBlock(token: Token): Statement {
    this.take();
    const name = this.expectName().value;
    this.skipSymbol('scoped');
    this.skipSymbol('required');
    this.finishTag(undefined);
    const body = this.parseBody('endblock');
    this.take();
    this.skipSymbol(name);
    return { typename: 'With', ...at(token), targets: [], values: [], body: this.finishTag(body) };
  }

  /** What an assignment may stand for: a name, names with commas, an attribute of a namespace. */
  protected parseTarget(rules: TargetRules): Target {
    const token = this.peek();
    const first = this.parseOneTarget(rules);
    if (!this.isNext(lexer.TOKEN_COMMA) || rules.isSingle === true) return first;
    const items = [first];
    while (this.skip(lexer.TOKEN_COMMA)) {
      if (this.isTupleEnd(rules.endName)) break;
      items.push(this.parseOneTarget(rules));
    }
    return { typename: 'TargetTuple', ...at(token), items };
  }

  private parseOneTarget({ withNamespace = false }: TargetRules): Target {
    const token = this.take();
    if (token.type === lexer.TOKEN_LEFT_PAREN) {
      const inner = this.parseTarget({ endName: ')' });
      this.expectToken(lexer.TOKEN_RIGHT_PAREN, "')'");
      return inner;
    }
    if (token.type !== lexer.TOKEN_SYMBOL) this.failAt(token, `Expected a name to assign to, got '${token.value}'.`);
    if (isConstantName(token.value)) this.failAt(token, `'${token.value}' cannot be assigned to.`);
    if (withNamespace && this.skipValue(lexer.TOKEN_OPERATOR, '.')) {
      return { typename: 'NamespaceTarget', ...at(token), name: token.value, attribute: this.expectName().value };
    }
    return { typename: 'Name', ...at(token), name: token.value };
  }

  /** The call of a `call` block. */
  protected expectCall(token: Token): CallNode {
    const node = this.parseExpression();
    return node.typename === 'Call' ? node : this.failAt(token, "Expected a call after 'call'.");
  }
}

interface TargetRules {
  readonly withNamespace?: boolean;
  /** The name that ends the targets, after a last comma. */
  readonly endName?: string;
  readonly isSingle?: boolean;
}

function usesName(target: Target, name: string): boolean {
  if (target.typename === 'TargetTuple') return target.items.some((item) => usesName(item, name));
  return target.name === name;
}
