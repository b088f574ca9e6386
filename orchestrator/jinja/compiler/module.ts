import { StrataError } from '../../errors.ts';
import type { Filter } from '../filters/filter.ts';
import { findFilter } from '../filters/registry.ts';
import type { CompiledBody, MacroDefinition } from '../macro.ts';
import { runtime } from '../runtime/runtime.ts';
import type { Body, Expression, MacroNode } from '../syntax/nodes.ts';
import { findTest } from '../tests.ts';
import { type FunctionCode, JinjaCompiler } from './compiler.ts';
import type { Unit } from './unit.ts';

/** What compiling a template needs to know about it. */
export interface ModuleOptions {
  readonly file: string;
  /** The number of the template's first line. */
  readonly line: number;
  /** Filters of the host, in front of the built-in ones. */
  readonly filters: ReadonlyMap<string, Filter> | undefined;
  readonly hasSlices: boolean;
}

/** The code of one template, made function by function as it is needed. */
export class CodeModule {
  readonly #options: ModuleOptions;
  readonly #unit: Unit;
  readonly #macros: MacroDefinition[] = [];
  readonly #numbers = new Map<MacroNode, number>();

  constructor(options: ModuleOptions) {
    this.#options = options;
    const { file, filters } = options;
    this.#unit = {
      file,
      macros: this.#macros,
      findTest,
      findFilter: filters === undefined ? findFilter : (name) => filters.get(name) ?? findFilter(name),
    };
  }

  /** The function that renders the statements. */
  compileBody(body: Body): CompiledBody {
    return this.#load(() => this.#createCompiler().writeTemplate(body));
  }

  /** The function that computes an expression. */
  compileValue(node: Expression): CompiledBody {
    return this.#load(() => this.#createCompiler().writeValue(node));
  }

  /** The definition of a macro, one for each node; its body is compiled when it is first called. */
  defineMacro(node: MacroNode): MacroDefinition {
    const known = this.#numbers.get(node);
    const definition = known === undefined ? undefined : this.#macros[known];
    return definition ?? this.#addDefinition(node);
  }

  #addDefinition(node: MacroNode): MacroDefinition {
    let compiled: CompiledBody | undefined;
    const definition: MacroDefinition = {
      name: node.name,
      parameters: node.signature.parameters,
      isCaller: node.kind === 'call',
      uses: node.uses,
      file: this.#options.file,
      line: this.#options.line + node.lineno,
      body: () => {
        compiled ??= this.#load(() => this.#createCompiler().writeMacro(node));
        return compiled;
      },
    };
    this.#numbers.set(node, this.#macros.push(definition) - 1);
    return definition;
  }

  #createCompiler(): JinjaCompiler {
    const { file, line, hasSlices } = this.#options;
    return new JinjaCompiler({ file, line, hasSlices, addMacro: (node) => this.#numberOf(node) });
  }

  #numberOf(node: MacroNode): number {
    this.defineMacro(node);
    return this.#numbers.get(node) ?? -1;
  }

  #load(write: () => FunctionCode): CompiledBody {
    const { file, line } = this.#options;
    const unit = this.#unit;
    try {
      const code = write();
      const compiled = loadFunction(code);
      const { constants } = code;
      return (scope, state, args) => compiled(scope, state, args, runtime, unit, constants);
    } catch (cause) {
      if (cause instanceof StrataError) throw cause;
      if (cause instanceof RangeError) throw tooDeep({ file, line }, cause);
      throw new StrataError('internal', 'The code made for the template is not valid.', { file, line }, { cause });
    }
  }
}

function tooDeep(place: { readonly file: string; readonly line: number }, cause: RangeError): StrataError {
  return new StrataError('template-syntax', 'An expression of the template is too long or nested too deeply.', place, {
    cause,
  });
}

type CompiledFunction = (
  ...args: [...Parameters<CompiledBody>, r: typeof runtime, u: Unit, c: FunctionCode['constants']]
) => ReturnType<CompiledBody>;

const maxFunctions = 1_000;
const functions = new Map<string, CompiledFunction>();

/**
 * The function of a piece of code. Templates of one shape (most staging models, all tests of a kind) share one, since
 * making a function costs more than anything else about a small template. Names of a template are in the code only as
 * JSON strings and its text not at all, so the code does nothing but what the compiler wrote.
 */
function loadFunction({ source, isGenerator }: FunctionCode): CompiledFunction {
  const known = functions.get(source);
  if (known !== undefined) return known;
  const create = isGenerator ? GeneratorFunction : Function;
  const compiled = new create('s', 't', 'a', 'r', 'u', 'c', source) as CompiledFunction;
  if (functions.size >= maxFunctions) functions.clear();
  functions.set(source, compiled);
  return compiled;
}

// One function without another around it: V8 would parse an inner one twice.
const GeneratorFunction = Object.getPrototypeOf(function* () {}).constructor as FunctionConstructor;
