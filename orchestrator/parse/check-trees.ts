import type { ProjectFile, TreeKind } from '../config/project-file.ts';
import { StrataError } from '../errors.ts';
import { suggest } from '../nearest.ts';
import { checkConfig } from './check-config.ts';
import type { ConfigKind } from './config-keys.ts';
import { type ConfigTreeReader, listSettings } from './config-tree.ts';
import type { ParseContext } from './parse-context.ts';

const TREES: readonly (readonly [TreeKind, ConfigKind, readonly string[]])[] = [
  ['models', 'model', ['models']],
  ['seeds', 'seed', ['seeds']],
  ['snapshots', 'snapshot', ['snapshots']],
  ['sources', 'source', ['sources']],
  ['tests', 'test', ['data_tests', 'tests']],
  ['exposures', 'exposure', ['exposures']],
];

/** Checks the settings in every dbt_project.yml, and whether each of their paths leads to something. */
export function checkTrees(context: ParseContext, fqns: readonly (readonly string[])[]): void {
  for (const owner of context.project.packages) {
    const isRoot = owner.name === context.project.root.name;
    for (const [tree, kind, keys] of TREES) {
      const key = keys.find((name) => owner.locate([name]).line !== owner.locate([]).line) ?? keys[0] ?? tree;
      checkSettings(context, owner, { tree, kind, key, findings: isRoot ? context.errors : context.warnings });
      if (isRoot) reportUnusedPaths(context, owner, { key, reader: context.trees.reader(owner, tree), fqns });
    }
  }
}

interface SettingsCheck {
  readonly tree: TreeKind;
  readonly kind: ConfigKind;
  /** The key of dbt_project.yml the tree stands under. */
  readonly key: string;
  readonly findings: StrataError[];
}

function checkSettings(context: ParseContext, owner: ProjectFile, check: SettingsCheck): void {
  for (const { path, key, value } of listSettings(owner.trees[check.tree])) {
    const place = owner.locate([check.key, ...path]);
    const subject = `"${check.key}"`;
    const custom = context.customConfigKeys;
    checkConfig({ [key]: value }, { kind: check.kind, custom, subject, place }, check.findings);
  }
}

interface UnusedCheck {
  readonly key: string;
  readonly reader: ConfigTreeReader;
  readonly fqns: readonly (readonly string[])[];
}

/** A path of folders that no resource lies under: most often a misspelt folder, or a setting that lacks its `+`. */
function reportUnusedPaths(context: ParseContext, owner: ProjectFile, { key, reader, fqns }: UnusedCheck): void {
  for (const path of reader.unusedPaths()) {
    const last = path.at(-1) ?? '';
    const depth = path.length - 1;
    const siblings = new Set(
      fqns
        .filter((fqn) => path.slice(0, -1).every((part, index) => fqn[index] === part))
        .map((fqn) => fqn[depth] ?? ''),
    );
    const message = `Nothing lies under "${[key, ...path].join('.')}", so its settings apply to nothing.`;
    const hint = suggest(last, siblings, `If "${last}" is a setting, write "+${last}".`);
    context.warnings.push(new StrataError('config-unknown-key', message, owner.locate([key, ...path]), { hint }));
  }
}
