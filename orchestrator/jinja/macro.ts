import { StrataError } from '../errors.ts';
import { HostObject, type Pending } from './host.ts';
import { Scope } from './scope.ts';
import type { RenderState } from './state.ts';
import { PyDict, PyTuple, Undefined, type Value } from './values/model.ts';
import { quoteString } from './values/text.ts';

/** Thrown by a host function to end the innermost macro, whose call then has this value. */
export class ReturnSignal {
  readonly value: Value;

  constructor(value: Value) {
    this.value = value;
  }
}

/** A compiled body: text, or a generator of it where something may have to be awaited. */
export type CompiledBody = (scope: Scope, state: RenderState, args: readonly Value[]) => Value | Pending;

/** What all macros bound from one block share. */
export interface MacroDefinition {
  readonly name: string;
  readonly parameters: readonly string[];
  /** Whether it is the body of a call block, which `ReturnSignal` passes through. */
  readonly isCaller: boolean;
  /** Which of `caller`, `varargs` and `kwargs` the body names. */
  readonly uses: ReadonlySet<string>;
  readonly file: string;
  readonly line: number;
  /** The compiled body; made when first asked for. */
  body(): CompiledBody;
}

/** Where a macro was called. */
export interface CallSite {
  readonly file: string;
  readonly line: number;
}

/** A macro as a callable value: a definition and the scope in which its free names are looked up. */
export class Macro extends HostObject {
  readonly typeName = 'Macro';
  readonly name: string;
  readonly parameters: readonly string[];
  readonly owner: unknown;
  readonly definition: MacroDefinition;
  readonly scope: Scope;

  constructor(definition: MacroDefinition, scope: Scope, owner?: unknown) {
    super();
    this.name = definition.name;
    this.parameters = definition.parameters;
    this.owner = owner;
    this.definition = definition;
    this.scope = scope;
  }

  override getAttribute(name: string): Value {
    switch (name) {
      case 'name':
        return this.definition.isCaller ? null : this.name;
      case 'arguments':
        return PyTuple.make(this.parameters);
      case 'caller':
        return this.definition.uses.has('caller');
      case 'catch_varargs':
        return this.definition.uses.has('varargs');
      case 'catch_kwargs':
        return this.definition.uses.has('kwargs');
      default:
        return undefined;
    }
  }

  override call(args: readonly Value[], kwargs: PyDict | undefined, state: RenderState): Value | Pending {
    return runMacro(this, { args, kwargs }, state, undefined);
  }

  override toRepr(): string {
    return this.definition.isCaller ? '<Macro anonymous>' : `<Macro ${quoteString(this.name)}>`;
  }
}

interface Arguments {
  readonly args: readonly Value[];
  readonly kwargs: PyDict | undefined;
}

/** Binds the arguments and runs the macro's body. */
export function* runMacro(macro: Macro, given: Arguments, state: RenderState, site: CallSite | undefined): Pending {
  const { definition } = macro;
  const scope = new Scope(macro.scope);
  const values = bindMacroArguments(definition, scope, given);
  const body = definition.body();
  state.enter();
  state.stack.push({ macro, site });
  try {
    if (!definition.isCaller) state.onMacroCall?.(macro);
    const result = body(scope, state, values);
    return isPending(result) ? yield* result : result;
  } catch (error) {
    if (error instanceof ReturnSignal && !definition.isCaller) return error.value;
    throw error;
  } finally {
    state.stack.pop();
    state.leave();
  }
}

/** The values of the named parameters, JS undefined where none was given; the special names go into the scope. */
function bindMacroArguments(definition: MacroDefinition, scope: Scope, { args, kwargs }: Arguments): Value[] {
  const { name, parameters, uses } = definition;
  const values: Value[] = args.slice(0, parameters.length);
  if (kwargs === undefined && args.length <= parameters.length && uses.size === 0) return values;
  const further = new PyDict(kwargs?.entries());
  for (let i = values.length; i < parameters.length; i++) {
    const parameter = parameters[i] ?? '';
    values.push(further.get(parameter));
    further.delete(parameter);
  }
  bindSpecialNames(definition, scope, further);
  if (uses.has('varargs')) scope.set('varargs', PyTuple.make(args.slice(parameters.length)));
  else if (args.length > parameters.length) {
    throw macroError(
      `macro '${name}' takes not more than ${parameters.length} argument(s)`,
      describeParameters(parameters),
    );
  }
  return values;
}

function bindSpecialNames({ name, parameters, uses }: MacroDefinition, scope: Scope, further: PyDict): void {
  if (uses.has('caller') && !parameters.includes('caller')) {
    const caller = further.get('caller') ?? new Undefined('caller', 'No caller defined');
    scope.set('caller', caller);
    further.delete('caller');
  }
  if (uses.has('kwargs')) scope.set('kwargs', further);
  else if (further.has('caller')) {
    throw macroError(`macro '${name}' was called by a call block but does not use its caller`);
  } else if (further.size > 0) {
    throw macroError(
      `macro '${name}' takes no keyword argument ${quoteString(String(further.keys()[0]))}`,
      describeParameters(parameters),
    );
  }
}

function describeParameters(parameters: readonly string[]): string {
  return parameters.length === 0 ? 'It takes none.' : `Its parameters: ${parameters.join(', ')}.`;
}

function macroError(message: string, hint?: string): StrataError {
  return new StrataError('template-runtime', message, {}, { hint });
}

const generatorPrototype: object = Object.getPrototypeOf(Object.getPrototypeOf((function* () {})()));

/** Whether a result still has to be run as a generator. */
export function isPending(result: Value | Pending): result is Pending {
  return (
    typeof result === 'object' && result !== null && Object.prototype.isPrototypeOf.call(generatorPrototype, result)
  );
}
