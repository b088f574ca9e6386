import type { Project } from '../config/load-project.ts';
import type { ProjectFile, TreeKind } from '../config/project-file.ts';
import type { StrataError } from '../errors.ts';
import type { NameGenerator, NameKind } from '../render/generate-names.ts';
import type { RenderProject } from '../render/project.ts';
import type { ParseCache } from './cache.ts';
import { type ConfigLayer, ConfigTreeReader } from './config-tree.ts';

/** What all steps of one parse share. */
export interface ParseContext {
  readonly project: Project;
  readonly render: RenderProject;
  readonly names: NameGenerator;
  /** The naming macros that are not dbt's own. */
  readonly hasOwnNames: ReadonlySet<NameKind>;
  readonly trees: ConfigTrees;
  /** Settings that templates of the project read by name. */
  readonly customConfigKeys: ReadonlySet<string>;
  /** Names of all generic tests, for suggestions. */
  readonly testNames: readonly string[];
  readonly cache: ParseCache;
  readonly errors: StrataError[];
  readonly warnings: StrataError[];
}

/** The settings trees of all packages. */
export class ConfigTrees {
  readonly #readers = new Map<string, ConfigTreeReader>();
  readonly #project: Pick<Project, 'root' | 'packages'>;

  constructor(project: Pick<Project, 'root' | 'packages'>) {
    this.#project = project;
  }

  /** The settings a package's own dbt_project.yml gives a node, outermost first. */
  ownLayers(packageName: string, kind: TreeKind, fqn: readonly string[]): readonly ConfigLayer[] {
    const owner = this.#project.packages.find((one) => one.name === packageName);
    return owner === undefined ? [] : this.reader(owner, kind).layersFor(fqn);
  }

  /** The settings the root project gives a node of another package: these win over everything of the package. */
  rootLayers(packageName: string, kind: TreeKind, fqn: readonly string[]): readonly ConfigLayer[] {
    const { root } = this.#project;
    return root.name === packageName ? [] : this.reader(root, kind).layersFor(fqn);
  }

  reader(owner: ProjectFile, kind: TreeKind): ConfigTreeReader {
    const key = `${owner.name}:${kind}`;
    const known = this.#readers.get(key);
    if (known !== undefined) return known;
    const reader = new ConfigTreeReader(owner.trees[kind]);
    this.#readers.set(key, reader);
    return reader;
  }
}
