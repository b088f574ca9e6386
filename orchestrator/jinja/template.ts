import { StrataError } from '../errors.ts';
import { suggest } from '../nearest.ts';
import { CodeModule } from './compiler/module.ts';
import type { Filter } from './filters/filter.ts';
import { filterNames, findFilter } from './filters/registry.ts';
import type { HostRequest, Pending } from './host.ts';
import { type CompiledBody, isPending, Macro } from './macro.ts';
import { callAny } from './runtime/runtime.ts';
import { Scope } from './scope.ts';
import type { RenderState } from './state.ts';
import { findBodyValue } from './syntax/body-value.ts';
import type { Body, MacroNode, RawBlock } from './syntax/nodes.ts';
import { JinjaParser } from './syntax/parser.ts';
import { JinjaTokenizer, normalizeSource } from './syntax/tokenizer.ts';
import { findUnconditional } from './syntax/unknown-names.ts';
import { findTest, testNames } from './tests.ts';
import type { PyDict, Value } from './values/model.ts';
import { toText } from './values/print.ts';

export { Macro, ReturnSignal } from './macro.ts';
export { iterateValue } from './runtime/iterate.ts';

/** A block the host declares: with a macro's parameters, a materialization's options, or a name and text. */
export interface BlockTag {
  readonly name: string;
  readonly signature: 'macro' | 'materialization' | 'name';
}

/** Where a template comes from and what it may contain. */
export interface TemplateOptions {
  /** The path for messages. */
  readonly file: string;
  /** The number of the first line, 1 unless given. */
  readonly line?: number | undefined;
  readonly blocks?: readonly BlockTag[] | undefined;
  /** Filters of the host, in front of the built-in ones. */
  readonly filters?: ReadonlyMap<string, Filter> | undefined;
  readonly keepTrailingNewline?: boolean | undefined;
}

/** A macro or host-declared block at the top level of a template. */
export interface BlockDefinition {
  readonly kind: string;
  readonly name: string;
  readonly line: number;
  readonly endLine: number;
  /** The whole block with its tags. */
  readonly source: string;
  /** The text between the tags. */
  readonly body: string;
  readonly parameters: readonly string[];
  /** A materialization's `adapter` (`default` when it says so) and `supported_languages`. */
  readonly options: ReadonlyMap<string, unknown>;
  /** The block as a callable whose free names resolve in the scope. */
  bind(scope: Scope, owner?: unknown): Macro;
}

/** A parsed template; its code is made when it first runs. */
export class Template {
  readonly blocks: readonly BlockDefinition[];
  readonly #body: Body;
  readonly #module: CodeModule;
  #main: CompiledBody | undefined;
  #value: CompiledBody | undefined;

  constructor(body: Body, module: CodeModule, blocks: readonly BlockDefinition[]) {
    this.#body = body;
    this.#module = module;
    this.blocks = blocks;
  }

  /** The text. Throws when something would have to be awaited. */
  render(scope: Scope, state: RenderState): string {
    return toText(settleNow(this.#run(scope, state)));
  }

  /** The text, as a generator of host requests. */
  *start(scope: Scope, state: RenderState): Generator<HostRequest, string, unknown> {
    return toText(yield* settle(this.#run(scope, state)));
  }

  /** The value of the expression when the template is just one, or one in each branch; its text otherwise. */
  evaluate(scope: Scope, state: RenderState): Value {
    if (this.#value === undefined) {
      const expression = findBodyValue(this.#body);
      if (expression === undefined) return this.render(scope, state);
      this.#value = this.#module.compileValue(expression);
    }
    return settleNow(this.#value(new Scope(scope), state, []));
  }

  #run(scope: Scope, state: RenderState): Value | Pending {
    const [only, ...others] = this.#body.children;
    if (only === undefined) return '';
    if (only.typename === 'Text' && others.length === 0) return only.value;
    this.#main ??= this.#module.compileBody(this.#body);
    return this.#main(new Scope(scope), state, []);
  }
}

/** Parses a template; throws `template-syntax` with file, line and column. */
export function parseTemplate(source: string, options: TemplateOptions): Template {
  const { file, line = 1, blocks = [], filters, keepTrailingNewline = false } = options;
  if (!source.includes('{')) {
    const plain = new CodeModule({ file, line, filters, hasSlices: false });
    return new Template(makePlainBody(normalizeSource(source, keepTrailingNewline)), plain, []);
  }
  const rawBlocks = blocks.filter((block) => block.signature === 'name').map((block) => block.name);
  const tokenizer = new JinjaTokenizer(source, { file, line, rawBlocks, keepTrailingNewline });
  const hasFilter = (name: string) => findFilter(name) !== undefined || filters?.has(name) === true;
  const names = { hasFilter, hasTest: (name: string) => findTest(name) !== undefined };
  const parser = new JinjaParser(tokenizer, names, new Map(blocks.map((block) => [block.name, block.signature])));
  const body = parseBody(parser, options);
  const module = new CodeModule({ file, line, filters, hasSlices: parser.hasSlices });
  return new Template(body, module, defineBlocks(body, module, { text: tokenizer.str, line }));
}

function makePlainBody(text: string): Body {
  const place = { lineno: 0, colno: 0 };
  const children = text === '' ? [] : [{ typename: 'Text', ...place, value: text } as const];
  return { typename: 'Root', ...place, children };
}

function parseBody(parser: JinjaParser, { file, line = 1 }: TemplateOptions): Body {
  const body = guardDepth(() => parser.parseTemplate(), file);
  if (parser.unknownNames.length === 0) return body;
  const node = findUnconditional(body, parser.unknownNames);
  if (node === undefined) return body;
  const message = `No ${node.typename.toLowerCase()} named '${node.name}'.`;
  const place = { file, line: line + node.lineno, column: node.colno + 1 };
  const hint = suggest(node.name, node.typename === 'Filter' ? filterNames : testNames);
  throw new StrataError('template-syntax', message, place, { hint });
}

function guardDepth(parse: () => Body, file: string): Body {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new StrataError('template-syntax', 'The template nests expressions or tags too deeply.', {
      file,
      line: 1,
      column: 1,
    });
  }
}

interface SourceText {
  readonly text: string;
  readonly line: number;
}

function defineBlocks(body: Body, module: CodeModule, source: SourceText): BlockDefinition[] {
  const blocks: BlockDefinition[] = [];
  for (const node of body.children) {
    if (node.typename === 'Macro') blocks.push(defineMacroBlock(node, module, source));
    else if (node.typename === 'RawBlock') blocks.push(defineRawBlock(node.block, node.lineno, source));
  }
  return blocks;
}

function defineMacroBlock(node: MacroNode, module: CodeModule, { text, line }: SourceText): BlockDefinition {
  const { start, end, bodyStart, bodyEnd } = node.place;
  return {
    kind: node.kind,
    name: node.name,
    line: line + node.lineno,
    endLine: line + node.endLineno,
    source: text.slice(start, end),
    body: text.slice(bodyStart, bodyEnd),
    parameters: node.signature.parameters,
    options: node.options,
    bind: (scope, owner) => new Macro(module.defineMacro(node), scope, owner),
  };
}

function defineRawBlock(block: RawBlock, lineno: number, { text, line }: SourceText): BlockDefinition {
  const { kind, name, body, start, end, endLineno } = block;
  return {
    kind,
    name,
    line: line + lineno,
    endLine: line + endLineno,
    source: text.slice(start, end),
    body,
    parameters: [],
    options: new Map(),
    bind: () => {
      throw new StrataError('internal', `The block ${kind} ${name} is text and cannot be called.`);
    },
  };
}

const maxNativeTemplates = 2_000;
const nativeTemplates = new Map<string, Template>();

/** The value of `{{ expression }}` when the source is just that, the rendered text otherwise. */
export function evaluateNative(source: string, scope: Scope, state: RenderState, options: TemplateOptions): Value {
  if (!source.includes('{')) return source;
  const key = `${options.file}\n${options.line ?? 1}\n${source}`;
  const known = nativeTemplates.get(key);
  const template = known ?? parseTemplate(source, options);
  if (known === undefined) {
    if (nativeTemplates.size >= maxNativeTemplates) nativeTemplates.clear();
    nativeTemplates.set(key, template);
  }
  return template.evaluate(scope, state);
}

/** Calls any callable value from the host. */
export function* callValue(
  callee: Value,
  args: readonly Value[],
  kwargs: PyDict | undefined,
  state: RenderState,
): Pending {
  return yield* settle(callAny(callee, args, kwargs, state));
}

/** Runs a generator to its end; throws when it asks for anything. */
export function runSync<T>(generator: Generator<HostRequest, T, unknown>): T {
  const step = generator.next();
  if (step.done === true) return step.value;
  generator.return(undefined as T);
  throw new StrataError('template-runtime', 'The template asks the warehouse, which is not possible here.');
}

function settleNow(result: Value | Pending): Value {
  return isPending(result) ? runSync(result) : result;
}

function* settle(result: Value | Pending): Pending {
  return isPending(result) ? yield* result : result;
}
