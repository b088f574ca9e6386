import { StrataError } from '../errors.ts';
import { type BlockDefinition, type BlockTag, parseTemplate } from '../jinja/template.ts';
import type { MacroInfo } from '../manifest/node.ts';
import { suggest } from '../nearest.ts';
import { builtinPackage } from './builtin-folder.ts';

/** The block tags dbt adds to Jinja, for every template of a project. */
export const dbtBlocks: readonly BlockTag[] = [
  { name: 'test', signature: 'macro' },
  { name: 'data_test', signature: 'macro' },
  { name: 'materialization', signature: 'materialization' },
  { name: 'snapshot', signature: 'name' },
  { name: 'docs', signature: 'name' },
];

/** One entry of `dispatch:` in dbt_project.yml. */
export interface DispatchRule {
  readonly macro_namespace: string;
  readonly search_order: readonly string[];
}

export interface RegistryOptions {
  readonly rootPackage: string;
  readonly adapterType: string;
  readonly dispatch: readonly DispatchRule[];
}

/**
 * All macros of a project, its packages and the built-in package, by package and name. A macro's text is parsed when
 * it is first called, once per text.
 */
export class MacroRegistry {
  readonly #packages = new Map<string, Map<string, MacroInfo>>();
  readonly #blocks = new Map<MacroInfo, BlockDefinition>();
  readonly #plainNames = new Map<string, boolean>();
  readonly #options: RegistryOptions;

  constructor(macros: Iterable<MacroInfo>, options: RegistryOptions) {
    this.#options = options;
    for (const macro of macros) {
      const own = this.#packages.get(macro.package_name) ?? new Map<string, MacroInfo>();
      own.set(macro.name, macro);
      this.#packages.set(macro.package_name, own);
    }
  }

  get rootPackage(): string {
    return this.#options.rootPackage;
  }

  hasPackage(name: string): boolean {
    return this.#packages.has(name);
  }

  /** The macro of exactly this package; the project and `dbt` both stand for what they name. */
  findIn(packageName: string, name: string): MacroInfo | undefined {
    return this.#packages.get(packageName)?.get(name);
  }

  /** The macro an unqualified name means while a node of `searchPackage` renders: its package, the root, built-ins. */
  find(name: string, searchPackage: string): MacroInfo | undefined {
    return (
      this.findIn(searchPackage, name) ??
      this.findIn(this.#options.rootPackage, name) ??
      this.findIn(builtinPackage, name)
    );
  }

  /** Whether a dispatched macro of dbt's is dbt's own here, and no variant of the project's. */
  isBuiltin(name: string, searchPackage: string): boolean {
    if (this.find(name, searchPackage)?.package_name !== builtinPackage) return false;
    return this.dispatch(name, builtinPackage, searchPackage).package_name === builtinPackage;
  }

  /** Whether ref, source and config mean dbt's own in a package: a project may define macros of these names. */
  hasPlainNames(searchPackage: string): boolean {
    const known = this.#plainNames.get(searchPackage);
    if (known !== undefined) return known;
    const isPlain = ['ref', 'source', 'config'].every((name) => this.find(name, searchPackage) === undefined);
    this.#plainNames.set(searchPackage, isPlain);
    return isPlain;
  }

  /** The generic test of a YAML entry: `unique` or `package.unique`. */
  findTest(name: string, namespace: string | null, searchPackage: string): MacroInfo | undefined {
    const macroName = `test_${name}`;
    return namespace === null ? this.find(macroName, searchPackage) : this.findIn(namespace, macroName);
  }

  /**
   * adapter.dispatch: the first `<adapter>__name` or `default__name` along the search order of the namespace.
   * Throws `macro-not-found` listing what was looked for.
   */
  dispatch(name: string, namespace: string | null, searchPackage: string): MacroInfo {
    const tried: string[] = [];
    for (const packageName of this.#searchOrder(namespace)) {
      for (const prefix of [this.#options.adapterType, 'default']) {
        const candidate = `${prefix}__${name}`;
        const found = packageName === null ? this.find(candidate, searchPackage) : this.findIn(packageName, candidate);
        if (found !== undefined) return found;
        tried.push(packageName === null ? candidate : `${packageName}.${candidate}`);
      }
    }
    throw new StrataError(
      'macro-not-found',
      `adapter.dispatch found no macro "${name}"${namespace === null ? '' : ` in namespace "${namespace}"`}.`,
      {},
      { hint: `Looked for ${tried.join(', ')}.` },
    );
  }

  /** The parsed block of a macro. */
  block(macro: MacroInfo): BlockDefinition {
    const known = this.#blocks.get(macro);
    if (known !== undefined) return known;
    const template = parseTemplate(macro.macro_sql, {
      file: macro.original_file_path,
      line: macro.line,
      blocks: dbtBlocks,
    });
    const block = template.blocks[0];
    if (block === undefined) {
      throw new StrataError('internal', `Macro ${macro.unique_id} has no block.`, { file: macro.original_file_path });
    }
    this.#blocks.set(macro, block);
    return block;
  }

  /** A hint for a misspelt macro name. */
  suggestMacro(name: string, packageName: string | undefined): string | undefined {
    const packages = packageName === undefined ? [...this.#packages.keys()] : [packageName];
    return suggest(
      name,
      packages.flatMap((own) => [...(this.#packages.get(own)?.keys() ?? [])]),
    );
  }

  #searchOrder(namespace: string | null): readonly (string | null)[] {
    if (namespace === null) return [null];
    const rule = this.#options.dispatch.find((entry) => entry.macro_namespace === namespace);
    if (rule !== undefined) return rule.search_order;
    if (this.#packages.has(namespace)) return [this.#options.rootPackage, namespace];
    return [null];
  }
}
