import { HostObject, hostFunction } from '../../jinja/host.ts';
import { createGlobals, Scope } from '../../jinja/scope.ts';
import { RenderState } from '../../jinja/state.ts';
import type { Macro } from '../../jinja/template.ts';
import { toValue, type Value } from '../../jinja/values.ts';
import type { MacroInfo } from '../../manifest/node.ts';
import { contextMembers } from './members.ts';
import type { RenderJob } from './render-job.ts';
import type { TemplateScope } from './template-scope.ts';

const globals = createGlobals();

/**
 * The names one node's templates see. As in dbt, macros run in the context of the node being rendered, whatever
 * package they come from, and a macro wins over a context member of the same name. Members and macros are made when
 * first used.
 */
export class NodeScope implements TemplateScope {
  readonly job: RenderJob;
  readonly scope: Scope;
  readonly state: RenderState;
  readonly results = new Map<string, Value>();
  readonly #macros = new Map<MacroInfo, Macro>();
  readonly #called = new Set<string>();

  constructor(job: RenderJob) {
    this.job = job;
    this.scope = new Scope(globals, (name) => this.#resolve(name));
    this.state = new RenderState({
      data: this,
      onMacroCall: (macro) => {
        if (typeof macro.owner === 'string') this.#called.add(macro.owner);
      },
    });
  }

  /** Unique ids of the macros called so far. */
  calledMacros(): string[] {
    return [...this.#called];
  }

  bindMacro(macro: MacroInfo): Macro {
    const known = this.#macros.get(macro);
    if (known !== undefined) return known;
    const bound = this.job.project.registry.block(macro).bind(this.scope, macro.unique_id);
    this.#macros.set(macro, bound);
    return bound;
  }

  member(name: string): Value {
    return contextMembers.get(name)?.(this);
  }

  #resolve(name: string): Value | undefined {
    const { project, node, extra } = this.job;
    if (Object.hasOwn(extra, name)) return toValue(extra[name]);
    const macro = project.registry.find(name, node.package_name);
    if (macro !== undefined) return this.bindMacro(macro);
    const member = contextMembers.get(name);
    if (member !== undefined) return member(this);
    return project.registry.hasPackage(name) ? new PackageMacros(this, name) : undefined;
  }
}

/** A package's macros as attributes: `dbt_utils.star`; as a dict, `context['dbt_utils'].get('star')`. */
class PackageMacros extends HostObject {
  readonly typeName = 'package';
  readonly #scope: NodeScope;
  readonly #name: string;

  constructor(scope: NodeScope, name: string) {
    super();
    this.#scope = scope;
    this.#name = name;
  }

  override toText(): string {
    return `<package ${this.#name}>`;
  }

  override isTrue(): boolean {
    return true;
  }

  override hasItem(key: Value): boolean {
    return typeof key === 'string' && this.#find(key) !== undefined;
  }

  override getItem(key: Value): Value {
    return typeof key === 'string' ? this.getAttribute(key) : undefined;
  }

  override getAttribute(name: string): Value {
    const macro = this.#find(name);
    if (macro !== undefined) return this.#scope.bindMacro(macro);
    if (name !== 'get') return undefined;
    return hostFunction(name, ['name', 'default?'], (args) => this.getItem(args.name) ?? args.default ?? null);
  }

  #find(name: string): MacroInfo | undefined {
    return this.#scope.job.project.registry.findIn(this.#name, name);
  }
}
