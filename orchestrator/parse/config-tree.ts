import type { ConfigTree } from '../config/project-file.ts';
import { isMapping } from '../manifest/json.ts';

/** Settings of one level: key to value, as written but without `+`. */
export type ConfigLayer = Readonly<Record<string, unknown>>;

/**
 * The settings trees of one dbt_project.yml for one kind of node. A tree is walked along a node's fully qualified
 * name; each level's settings are found once and shared by all nodes below it.
 */
export class ConfigTreeReader {
  readonly #tree: ConfigTree;
  readonly #layers = new Map<ConfigTree, ConfigLayer>();
  readonly #used = new Set<ConfigTree>();

  constructor(tree: ConfigTree) {
    this.#tree = tree;
  }

  /** The settings that apply to a node, outermost first. */
  layersFor(fqn: readonly string[]): ConfigLayer[] {
    const layers = [this.#layer(this.#tree)];
    let level = this.#tree;
    for (const part of fqn) {
      const next = Object.hasOwn(level, part) ? level[part] : undefined;
      if (!isMapping(next)) break;
      this.#used.add(next);
      layers.push(this.#layer(next));
      level = next;
    }
    return layers;
  }

  /** Paths of the tree that hold settings but that no node was found under. */
  unusedPaths(): readonly (readonly string[])[] {
    return this.#unused(this.#tree, []);
  }

  #unused(level: ConfigTree, path: readonly string[]): (readonly string[])[] {
    return Object.entries(level).flatMap(([key, value]) => {
      if (key.startsWith('+') || !isMapping(value)) return [];
      const below = [...path, key];
      return this.#used.has(value) ? this.#unused(value, below) : [below];
    });
  }

  #layer(level: ConfigTree): ConfigLayer {
    const known = this.#layers.get(level);
    if (known !== undefined) return known;
    const layer: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(level)) {
      if (key.startsWith('+')) layer[key.slice(1).trim()] = value;
      else if (!isMapping(value)) layer[key] = value;
    }
    this.#layers.set(level, layer);
    return layer;
  }
}

/** All settings written in a tree, with their paths. */
export function* listSettings(
  tree: ConfigTree,
  path: readonly string[] = [],
): Generator<{ readonly path: readonly string[]; readonly key: string; readonly value: unknown }> {
  for (const [key, value] of Object.entries(tree)) {
    const at = [...path, key];
    if (key.startsWith('+')) yield { path: at, key: key.slice(1).trim(), value };
    else if (isMapping(value)) yield* listSettings(value, at);
    else yield { path: at, key, value };
  }
}
