import { HostObject, hostFunction } from '../../../orchestrator/jinja/host.ts';
import { createGlobals, Scope } from '../../../orchestrator/jinja/scope.ts';
import { RenderState, type RenderStateOptions } from '../../../orchestrator/jinja/state.ts';
import { parseTemplate } from '../../../orchestrator/jinja/template.ts';
import type { Value } from '../../../orchestrator/jinja/values.ts';

/** A scope with the built-in functions and these names. */
export function scopeOf(names: Readonly<Record<string, Value>> = {}): Scope {
  const scope = new Scope(createGlobals());
  for (const [name, value] of Object.entries(names)) scope.set(name, value);
  return scope;
}

/** The text of a template given these names. */
export function render(
  source: string,
  names: Readonly<Record<string, Value>> = {},
  options?: RenderStateOptions,
): string {
  return parseTemplate(source, { file: 'models/a.sql' }).render(scopeOf(names), new RenderState(options));
}

/** An object of the host with a public name, a private one and a method. */
export class Relation extends HostObject {
  readonly typeName = 'Relation';
  readonly secret = 'password';

  override getAttribute(name: string): Value {
    if (name === 'schema') return 'main';
    return name === 'include' ? hostFunction('include', ['part?'], () => this) : undefined;
  }

  override toText(): string {
    return 'main.orders';
  }
}
