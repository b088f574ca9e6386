import { isVersion } from '../manifest/lookup.ts';
import type { Node, RefArgs, SourceNode } from '../manifest/node.ts';

/** What a ref() or source() leads to. */
export type Found<Member> =
  | { readonly kind: 'enabled'; readonly member: Member }
  | { readonly kind: 'disabled'; readonly member: Member }
  | { readonly kind: 'missing' };

const REFABLE: ReadonlySet<string> = new Set(['model', 'seed', 'snapshot']);

/** Whether ref() can name a node of this type. */
export function isRefable(node: Pick<Node, 'resource_type'>): boolean {
  return REFABLE.has(node.resource_type);
}

/** Finds nodes and sources by what templates call them, in dbt's order of packages. */
export class NodeIndex {
  readonly #rootPackage: string;
  readonly #nodes = new Map<string, Node[]>();
  readonly #sources = new Map<string, SourceNode[]>();

  constructor(rootPackage: string, nodes: Iterable<Node>, sources: Iterable<SourceNode>) {
    this.#rootPackage = rootPackage;
    for (const node of nodes) if (isRefable(node)) append(this.#nodes, node.name, node);
    for (const source of sources) append(this.#sources, `${source.source_name}.${source.name}`, source);
  }

  /** The node a ref() of a package's template means. */
  findRef(ref: RefArgs, fromPackage: string): Found<Node> {
    const candidates = (this.#nodes.get(ref.name) ?? []).filter((node) => isVersion(node, ref.version));
    return this.#choose(candidates, ref.package === null ? this.#searchOrder(fromPackage) : [ref.package]);
  }

  /** The source table a source() of a package's template means. */
  findSource(sourceName: string, tableName: string, fromPackage: string): Found<SourceNode> {
    return this.#choose(this.#sources.get(`${sourceName}.${tableName}`) ?? [], this.#searchOrder(fromPackage));
  }

  /** Names that a ref() could have meant. */
  get refNames(): readonly string[] {
    return [...this.#nodes.keys()];
  }

  /** Source tables, as `source.table`. */
  get sourceNames(): readonly string[] {
    return [...this.#sources.keys()];
  }

  #searchOrder(fromPackage: string): readonly (string | null)[] {
    return [this.#rootPackage, fromPackage, null];
  }

  #choose<Member extends Node | SourceNode>(
    candidates: readonly Member[],
    packages: readonly (string | null)[],
  ): Found<Member> {
    const enabled = candidates.filter((candidate) => candidate.config.enabled);
    for (const name of packages) {
      const member = enabled.find((candidate) => name === null || candidate.package_name === name);
      if (member !== undefined) return { kind: 'enabled', member };
    }
    const disabled = candidates.find((candidate) =>
      packages.some((name) => name === null || candidate.package_name === name),
    );
    return disabled === undefined ? { kind: 'missing' } : { kind: 'disabled', member: disabled };
  }
}

function append<Member>(index: Map<string, Member[]>, key: string, member: Member): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, [member]);
  else known.push(member);
}
