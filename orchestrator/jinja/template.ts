import { StrataError } from '../errors.ts';
import type { HostRequest, Pending } from './host.ts';
import { isPending, type Macro } from './macro.ts';
import type { Scope } from './scope.ts';
import type { RenderState } from './state.ts';
import type { PyDict, Value } from './values/model.ts';

export { Macro, ReturnSignal } from './macro.ts';

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
  readonly blocks: readonly BlockDefinition[] = [];
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  /** The text. Throws when something would have to be awaited. */
  render(scope: Scope, state: RenderState): string {
    return runSync(this.start(scope, state));
  }

  /** The text, as a generator of host requests. */
  *start(_scope: Scope, _state: RenderState): Generator<HostRequest, string, unknown> {
    return this.#source;
  }
}

/** Parses a template; throws `template-syntax` with file, line and column. */
export function parseTemplate(source: string, _options: TemplateOptions): Template {
  return new Template(source);
}

/** The value of `{{ expression }}` when the source is just that, the rendered text otherwise. */
export function evaluateNative(source: string, _scope: Scope, _state: RenderState, _options: TemplateOptions): Value {
  return source;
}

/** Calls any callable value from the host. */
export function* callValue(
  _callee: Value,
  _args: readonly Value[],
  _kwargs: PyDict | undefined,
  _state: RenderState,
): Pending {
  return null;
}

/** Runs a generator to its end; throws when it asks for anything. */
export function runSync<T>(generator: Generator<HostRequest, T, unknown>): T {
  const step = generator.next();
  if (step.done === true) return step.value;
  throw new StrataError('template-runtime', 'The template needs the warehouse, which cannot be asked here.');
}

/** Waits for a result that may be a generator. */
export function* settle(result: Value | Pending): Pending {
  return isPending(result) ? yield* result : result;
}
