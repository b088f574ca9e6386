import type {
  CallArguments,
  CompareNode,
  ConditionalNode,
  Expression,
  FilterNode,
  Position,
  TestNode,
} from '../syntax/nodes.ts';
import { needsContext } from './constants.ts';

/** What writing an expression needs of the function being written. */
export interface CodeContext {
  /** The variable that holds the scope. */
  readonly scope: string;
  /** The variable that holds the text of the block whose filters are being written. */
  readonly input: string | undefined;
  /** Whether Jinja2 computes the expression when it compiles; a slice then looks up items as `[key]` does. */
  readonly isFolded: boolean;
  /** Whether Jinja2 computes this expression when it compiles. */
  canFold(node: Expression): boolean;
  /** A new variable of the function. */
  declare(): string;
  /** Code that notes a place, for errors. */
  mark(position: Position): string;
  /** Code for a text or number that differs between templates of the same shape. */
  constant(value: string | number): string;
}

/** A name as a literal of the generated code; the only way anything of a template gets into it. */
export function quote(text: string): string {
  return JSON.stringify(text);
}

/** JavaScript for an expression. In generated code `r` is the runtime, `t` the state and `u` the unit. */
export function writeExpression(node: Expression, outer: CodeContext): string {
  const code = outer.isFolded || !outer.canFold(node) ? outer : { ...outer, isFolded: true };
  const write = (inner: Expression) => writeExpression(inner, code);
  switch (node.typename) {
    case 'Constant':
      return writeConstant(node.value, code);
    case 'Float':
      return `r.float(${node.value})`;
    case 'Name':
      return `r.name(${code.scope},${quote(node.name)})`;
    case 'List':
      return `[${node.items.map(write).join(',')}]`;
    case 'Tuple':
      return `r.tuple([${node.items.map(write).join(',')}])`;
    case 'Dict':
      return `r.dict([${node.pairs.flatMap((pair) => pair.map(write)).join(',')}])`;
    case 'GetAttribute':
      return `r.attribute(${write(node.target)},${quote(node.name)},${code.mark(node)})`;
    case 'GetItem': {
      const access = node.index.typename === 'Slice' && !code.isFolded ? 'slicePart' : 'item';
      return `r.${access}(${write(node.target)},${write(node.index)},${code.mark(node)})`;
    }
    case 'Slice':
      return `r.slice(${[0, 1, 2].map((i) => writeOptional(node.bounds[i], code)).join(',')})`;
    case 'Call':
      return writeCall(write(node.target), writeArguments(node.args, code), code.mark(node), code);
    case 'Filter':
      return writeFilter(node, code);
    case 'Test':
      return writeTest(node, code);
    case 'Conditional':
      return writeConditional(node, code);
    case 'Or':
    case 'And':
      return writeChoice(node, code);
    case 'Not':
      return `!${writeCondition(node.target, code)}`;
    case 'Unary':
      return `r.sign(${quote(node.operator)},${write(node.target)},${code.mark(node)})`;
    case 'Binary':
      if (isNegatedPower(node)) return write({ ...node.left, target: { ...node, left: node.left.target } });
      return `r.compute(${quote(node.operator)},${write(node.left)},${write(node.right)},${code.mark(node)})`;
    case 'Compare':
      return writeCompare(node, code);
    case 'Concat':
      return `r.concatenate([${node.parts.map(write).join(',')}])`;
    default:
      return node satisfies never;
  }
}

type BinaryNode = Extract<Expression, { typename: 'Binary' }>;
type UnaryNode = Extract<Expression, { typename: 'Unary' }>;

/**
 * Jinja2 writes `-3` into its code as it stands, so that in front of `**` and a variable Python's own precedence
 * applies: `-3 ** n` is then `-(3 ** n)`, while `-3 ** 2` is computed early as `(-3) ** 2`.
 */
function isNegatedPower(node: BinaryNode): node is BinaryNode & { left: UnaryNode } {
  const { operator, left, right } = node;
  if (operator !== '**' || left.typename !== 'Unary' || left.operator !== '-') return false;
  return (left.target.typename === 'Constant' || left.target.typename === 'Float') && needsContext(right);
}

function writeConstant(value: null | boolean | string | number | bigint, code: CodeContext): string {
  if (typeof value === 'string') return code.constant(value);
  return typeof value === 'bigint' ? `${value}n` : String(value);
}

function writeOptional(node: Expression | undefined, code: CodeContext): string {
  return node === undefined ? 'null' : writeExpression(node, code);
}

/** JavaScript for the truth of an expression. */
export function writeCondition(node: Expression, code: CodeContext): string {
  if (node.typename === 'Not') return `!${writeCondition(node.target, code)}`;
  const text = writeExpression(node, code);
  const isBoolean = node.typename === 'Test' || (node.typename === 'Compare' && node.rest.length === 1);
  return isBoolean ? text : `r.isTrue(${text})`;
}

interface WrittenArguments {
  readonly positional: string;
  readonly keywords: string;
}

function writeArguments({ positional, keywords, rest, options }: CallArguments, code: CodeContext): WrittenArguments {
  const list = `[${positional.map((node) => writeExpression(node, code)).join(',')}]`;
  const pairs = keywords.flatMap(([name, value]) => [quote(name), writeExpression(value, code)]);
  const spread = rest === undefined ? list : `r.spread(${list},${writeExpression(rest, code)})`;
  if (pairs.length === 0 && options === undefined) return { positional: spread, keywords: 'undefined' };
  const further = options === undefined ? '' : `,${writeExpression(options, code)}`;
  return { positional: spread, keywords: `r.keywords([${pairs.join(',')}]${further})` };
}

function writeCall(target: string, args: WrittenArguments, mark: string, code: CodeContext): string {
  const result = code.declare();
  return `(${result}=r.call(${target},${args.positional},${args.keywords},t,u,${mark}),r.isPending(${result})?(yield*${result})??null:${result})`;
}

/** The call of a `call` block, to which its body goes as one more keyword. */
export function writeCallerCall(node: Expression & { typename: 'Call' }, caller: string, code: CodeContext): string {
  const { positional, keywords } = writeArguments(node.args, code);
  const args = { positional, keywords: `r.withCaller(${caller},${keywords})` };
  return writeCall(writeExpression(node.target, code), args, code.mark(node), code);
}

function writeFilter(node: FilterNode, code: CodeContext): string {
  const input = node.input === undefined ? (code.input ?? 'null') : writeExpression(node.input, code);
  const { positional, keywords } = writeArguments(node.args, code);
  return `r.filter(${quote(node.name)},${input},${positional},${keywords},t,u,${code.mark(node)})`;
}

function writeTest(node: TestNode, code: CodeContext): string {
  const { name, target } = node;
  const { positional, keywords } = writeArguments(node.args, code);
  const isPlain = positional === '[]' && keywords === 'undefined';
  if (isPlain && target.typename === 'Name' && (name === 'defined' || name === 'undefined')) {
    return `${name === 'defined' ? '' : '!'}r.isDefined(${code.scope},${quote(target.name)})`;
  }
  return `r.test(${quote(name)},${writeExpression(target, code)},${positional},${keywords},t,u,${code.mark(node)})`;
}

function writeConditional({ condition, body, otherwise }: ConditionalNode, code: CodeContext): string {
  const missing = otherwise === undefined ? 'r.noElse()' : writeExpression(otherwise, code);
  return `(${writeCondition(condition, code)}?${writeExpression(body, code)}:${missing})`;
}

function writeChoice(node: Expression & { typename: 'Or' | 'And' }, code: CodeContext): string {
  const first = code.declare();
  const left = `r.isTrue(${first}=${writeExpression(node.left, code)})`;
  const right = writeExpression(node.right, code);
  return node.typename === 'Or' ? `(${left}?${first}:${right})` : `(${left}?${right}:${first})`;
}

/** `a < b < c` computes `b` once, and `c` only where the first comparison holds. */
function writeCompare({ first, rest, ...node }: CompareNode, code: CodeContext): string {
  const mark = code.mark(node);
  let left = writeExpression(first, code);
  const parts = rest.map(({ operator, operand }, i) => {
    const right = writeExpression(operand, code);
    const isLast = i === rest.length - 1;
    const kept = isLast ? undefined : code.declare();
    const text = `r.compare(${quote(operator)},${left},${kept === undefined ? right : `${kept}=${right}`},${mark})`;
    left = kept ?? '';
    return text;
  });
  return parts.length === 1 ? (parts[0] ?? '') : `(${parts.join('&&')})`;
}
