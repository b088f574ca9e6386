import { StrataError } from '../errors.ts';
import type { Exposure, Node, RefArgs, SourceNode } from '../manifest/node.ts';
import { relationKey } from '../manifest/relation.ts';
import { suggest } from '../nearest.ts';
import { type Found, NodeIndex } from './node-index.ts';
import type { PlaceOf } from './places.ts';

/** All resources of a project before their names are resolved. */
export interface Resources {
  readonly nodes: readonly Node[];
  readonly sources: readonly SourceNode[];
  readonly exposures: readonly Exposure[];
}

/** What linking needs besides the resources. */
export interface LinkOptions {
  readonly rootPackage: string;
  /** Names of nodes whose own mistakes are reported already: refs to them are no further ones. */
  readonly broken: ReadonlySet<string>;
  readonly places: PlaceOf;
  readonly errors: StrataError[];
}

/**
 * Resolves every ref() and source() to unique ids. A test or exposure of something disabled is disabled with it;
 * anything else that names a missing or disabled node is an error.
 */
export function linkResources(resources: Resources, options: LinkOptions): Resources {
  const linker = new Linker(resources, options);
  return {
    nodes: resources.nodes.map((node) => linker.link(node)),
    sources: resources.sources,
    exposures: resources.exposures.map((exposure) => linker.link(exposure)),
  };
}

class Linker {
  readonly #index: NodeIndex;
  readonly #options: LinkOptions;
  /** Seeds by the relation they fill: who reads it through a source waits for the seed. */
  readonly #seeds = new Map<string, string>();

  constructor(resources: Resources, options: LinkOptions) {
    this.#options = options;
    this.#index = new NodeIndex(options.rootPackage, resources.nodes, resources.sources);
    for (const node of resources.nodes) {
      if (node.resource_type !== 'seed' || !node.config.enabled) continue;
      this.#seeds.set(relationKey({ database: null, schema: node.schema, identifier: node.alias }), node.unique_id);
    }
  }

  link<Member extends Node | Exposure>(member: Member): Member {
    if (!member.config.enabled || (member.refs.length === 0 && member.sources.length === 0)) return member;
    const ids = new Set<string>();
    let isCutOff = false;
    for (const ref of member.refs) {
      if (this.#options.broken.has(ref.name)) continue;
      const found = this.#index.findRef(ref, member.package_name);
      if (found.kind === 'enabled') ids.add(found.member.unique_id);
      else isCutOff = this.#cutOff(member, found, () => this.#refError(member, ref, found)) || isCutOff;
    }
    for (const [sourceName, tableName] of member.sources) {
      const found = this.#index.findSource(sourceName, tableName, member.package_name);
      if (found.kind === 'enabled') this.#addSource(ids, found.member);
      else
        isCutOff =
          this.#cutOff(member, found, () => this.#sourceError(member, sourceName, tableName, found)) || isCutOff;
    }
    const linked = { ...member, depends_on: { nodes: [...ids], macros: member.depends_on.macros } };
    return isCutOff ? { ...linked, config: { ...member.config, enabled: false } } : linked;
  }

  #addSource(ids: Set<string>, source: SourceNode): void {
    ids.add(source.unique_id);
    const seed = this.#seeds.get(relationKey(source));
    if (seed !== undefined) ids.add(seed);
  }

  /** Whether a member goes with the disabled one it names; otherwise the error is reported. */
  #cutOff(member: Node | Exposure, found: Found<unknown>, makeError: () => StrataError): boolean {
    const follows = member.resource_type === 'test' || member.resource_type === 'exposure';
    if (found.kind === 'disabled' && follows) return true;
    this.#options.errors.push(makeError());
    return false;
  }

  #refError(member: Node | Exposure, ref: RefArgs, found: Found<Node>): StrataError {
    const names = [ref.package, ref.name].filter((name) => name !== null).map((name) => `"${name}"`);
    const call = `ref(${names.join(', ')}${ref.version === null ? '' : `, v=${ref.version}`})`;
    const place = this.#options.places.find(member, ref.name);
    if (found.kind === 'disabled') {
      return new StrataError('ref-disabled', `${call} names a ${found.member.resource_type} that is disabled.`, place, {
        hint: `Enable it (${found.member.original_file_path}), or disable this ${member.resource_type} too.`,
      });
    }
    const nearest = suggest(ref.name, this.#index.refNames, 'No model, seed or snapshot has this name.');
    // A name that the file does not hold was put together, or stands in a macro.
    const isElsewhere = member.resource_type === 'model' && !member.raw_code.includes(ref.name);
    const hint = isElsewhere ? `${nearest} The ref is made by a macro or an expression.` : nearest;
    return new StrataError('ref-not-found', `${call} not found.`, place, { hint });
  }

  #sourceError(member: Node | Exposure, sourceName: string, tableName: string, found: Found<SourceNode>): StrataError {
    const call = `source("${sourceName}", "${tableName}")`;
    const place = this.#options.places.find(member, tableName);
    if (found.kind === 'disabled') {
      return new StrataError('source-not-found', `${call} is disabled.`, place, {
        hint: `Enable it (${found.member.original_file_path}), or disable this ${member.resource_type} too.`,
      });
    }
    const full = `${sourceName}.${tableName}`;
    const nearest = suggest(full, this.#index.sourceNames)?.replace(/"(.+)\.(.+)"/, 'source("$1", "$2")');
    return new StrataError('source-not-found', `${call} not found.`, place, {
      hint: nearest ?? 'Declare it under "sources:" in a properties file.',
    });
  }
}
