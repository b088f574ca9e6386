import { StrataError } from '../errors.ts';
import { callValue, runSync } from '../jinja/template.ts';
import { toText, toValue, type Value } from '../jinja/values.ts';
import type { JsonObject } from '../manifest/json.ts';
import { NodeScope } from './context/node-scope.ts';
import type { RenderNode } from './context/render-job.ts';
import type { RenderProject } from './project.ts';

export type NameKind = 'schema' | 'alias' | 'database';

/**
 * Calls generate_schema_name, generate_alias_name or generate_database_name, which a project may override: the one of
 * the node's package if it has its own, else the root project's, else the built-in one.
 */
export class NameGenerator {
  readonly #project: RenderProject;
  /** The plain built-in gives the same for the same input, so it is called once for each. */
  readonly #known = new Map<string, string>();

  constructor(project: RenderProject) {
    this.#project = project;
  }

  generate(kind: NameKind, custom: string | null, node: RenderNode & JsonObject): string {
    const { registry, rootPackage } = this.#project;
    const name = `generate_${kind}_name`;
    const owner = registry.findIn(node.package_name, name) === undefined ? rootPackage : node.package_name;
    const isBuiltin = registry.findIn(owner, name) === undefined && !this.#hasDispatched(name);
    if (isBuiltin) return this.#generateBuiltin(kind, custom, node);
    return this.#call(name, custom, node, owner);
  }

  #generateBuiltin(kind: NameKind, custom: string | null, node: RenderNode & JsonObject): string {
    if (kind === 'alias') return this.#call('generate_alias_name', custom, node);
    const key = `${kind}\0${custom ?? ''}\0${custom === null}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const made = this.#call(`generate_${kind}_name`, custom, node);
    this.#known.set(key, made);
    return made;
  }

  /** Whether the root project gives its own variant for the adapter, found by dispatch. */
  #hasDispatched(name: string): boolean {
    const { registry, rootPackage, dialect } = this.#project;
    return [`${dialect.name}__${name}`, `default__${name}`].some(
      (own) => registry.findIn(rootPackage, own) !== undefined,
    );
  }

  #call(name: string, custom: string | null, node: RenderNode & JsonObject, owner?: string): string {
    const { registry, rootPackage } = this.#project;
    const macro = registry.find(name, owner ?? rootPackage);
    if (macro === undefined) throw new Error(`The built-in macro ${name} is missing.`);
    const scope = new NodeScope({
      project: this.#project,
      node: { ...node, package_name: owner ?? rootPackage },
      execute: false,
      resolver: new NoResolver(node),
      extra: {},
    });
    const args: Value[] = [custom, toValue(node)];
    return toText(runSync(callValue(scope.bindMacro(macro), args, undefined, scope.state))).trim();
  }
}

/** Naming macros have no ref or source; what they know is the node. */
class NoResolver {
  readonly #node: JsonObject;

  constructor(node: JsonObject) {
    this.#node = node;
  }

  ref(): never {
    throw new StrataError('template-runtime', 'ref() has no meaning in a naming macro.');
  }

  source(): never {
    throw new StrataError('template-runtime', 'source() has no meaning in a naming macro.');
  }

  recordConfig(): void {}

  describeModel(): JsonObject {
    return this.#node;
  }

  describeGraph(): JsonObject {
    return {};
  }

  selectedResources(): readonly string[] {
    return [];
  }
}
