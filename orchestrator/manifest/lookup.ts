import type { Manifest } from './manifest.ts';
import type { Node, RefArgs, SourceNode } from './node.ts';

/** Finds what ref() and source() name, in dbt's order of packages. Built once per manifest. */
export class ManifestLookup {
  readonly #refable = new Map<string, Node[]>();
  readonly #sources = new Map<string, SourceNode[]>();
  readonly #disabled = new Map<string, string>();
  readonly #rootPackage: string;

  constructor(manifest: Pick<Manifest, 'project_name' | 'nodes' | 'sources' | 'disabled'>) {
    this.#rootPackage = manifest.project_name;
    for (const node of Object.values(manifest.nodes)) {
      if (isRefable(node)) append(this.#refable, node.name, node);
    }
    for (const source of Object.values(manifest.sources)) {
      append(this.#sources, `${source.source_name}.${source.name}`, source);
    }
    for (const node of Object.values(manifest.disabled)) {
      const name = node.resource_type === 'source' ? `${node.source_name}.${node.name}` : node.name;
      this.#disabled.set(name, node.original_file_path);
    }
  }

  /** The model, seed or snapshot a ref() in `fromPackage` means: the root project first, then its own, then any. */
  findRef(ref: RefArgs, fromPackage: string): Node | undefined {
    const candidates = (this.#refable.get(ref.name) ?? []).filter((node) => isVersion(node, ref.version));
    if (ref.package !== null) return candidates.find((node) => node.package_name === ref.package);
    return pick(candidates, [this.#rootPackage, fromPackage]);
  }

  /** The source table a source() in `fromPackage` means. */
  findSource(sourceName: string, tableName: string, fromPackage: string): SourceNode | undefined {
    return pick(this.#sources.get(`${sourceName}.${tableName}`) ?? [], [this.#rootPackage, fromPackage]);
  }

  /** The file of a disabled node or source of this name (`source.table` for sources), to say so in a message. */
  findDisabled(name: string): string | undefined {
    return this.#disabled.get(name);
  }

  refNames(): Iterable<string> {
    return this.#refable.keys();
  }

  /** `source.table` of every source. */
  sourceNames(): Iterable<string> {
    return this.#sources.keys();
  }
}

/** Whether a ref with this version, or without one, means the node: of a versioned model the latest. */
export function isVersion(node: Pick<Node, 'version' | 'latest_version'>, version: string | number | null): boolean {
  if (node.version === undefined || node.version === null) return version === null;
  return String(node.version) === String(version ?? node.latest_version);
}

function isRefable(node: Node): boolean {
  return node.resource_type === 'model' || node.resource_type === 'seed' || node.resource_type === 'snapshot';
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function pick<T extends { readonly package_name: string }>(candidates: readonly T[], packages: readonly string[]) {
  for (const name of packages) {
    const found = candidates.find((candidate) => candidate.package_name === name);
    if (found !== undefined) return found;
  }
  return candidates[0];
}
