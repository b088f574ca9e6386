import { asMapping } from '../manifest/json.ts';
import type { ColumnInfo, Constraint } from '../manifest/node.ts';
import { toColumns } from './columns.ts';
import { listOf } from './config-merge.ts';
import type { ConfigLayer } from './config-tree.ts';
import type { SourceFile } from './discover.ts';
import type { DescribedYaml } from './properties-schema.ts';
import type { Described, DescribedKind, PropertiesFile } from './read-properties.ts';
import type { RenderValue } from './render-properties.ts';

/** A described resource with the file that describes it, its templates rendered. */
export interface PatchEntry {
  readonly entry: Described;
  readonly file: SourceFile;
  readonly render: RenderValue;
  /** Of a versioned model: which version this is about. */
  readonly version: VersionYaml | undefined;
  readonly yaml: DescribedYaml;
  /** The settings it gives, those beside `config:` included. */
  readonly config: ConfigLayer;
  readonly columns: Readonly<Record<string, ColumnInfo>>;
  readonly constraints: readonly Constraint[];
}

export type VersionYaml = NonNullable<DescribedYaml['versions']>[number];

/** A properties file with what it says. */
export interface ReadFile {
  readonly file: SourceFile;
  readonly properties: PropertiesFile;
  readonly render: RenderValue;
}

/** The descriptions of all packages, found by what they describe. */
export class Patches {
  readonly #byKey = new Map<string, PatchEntry>();
  readonly #used = new Set<Described>();
  readonly duplicates: { readonly first: PatchEntry; readonly second: PatchEntry }[] = [];

  constructor(files: readonly ReadFile[]) {
    for (const read of files) {
      for (const entry of read.properties.described) this.#add(read, entry);
    }
  }

  /** The description of a node's file, which is then no longer unused. */
  take(packageName: string, kind: DescribedKind, fileName: string): PatchEntry | undefined {
    const found = this.#byKey.get(`${packageName}:${kind}:${fileName}`);
    if (found !== undefined) this.#used.add(found.entry);
    return found;
  }

  /** Descriptions of nothing. */
  unused(): readonly PatchEntry[] {
    const all = new Map([...this.#byKey.values()].map((patch) => [patch.entry, patch]));
    return [...all.values()].filter((patch) => !this.#used.has(patch.entry));
  }

  #add(read: ReadFile, entry: Described): void {
    const yaml = read.render(entry.yaml, entry.line);
    for (const { fileName, version } of filesOf(yaml)) {
      const key = `${read.file.packageName}:${entry.kind}:${fileName}`;
      const patch = makePatch(read, entry, yaml, version);
      const first = this.#byKey.get(key);
      if (first === undefined) this.#byKey.set(key, patch);
      else this.duplicates.push({ first, second: patch });
    }
  }
}

function filesOf(yaml: DescribedYaml): readonly { fileName: string; version: VersionYaml | undefined }[] {
  if (yaml.versions === undefined || yaml.versions === null || yaml.versions.length === 0) {
    return [{ fileName: yaml.name, version: undefined }];
  }
  return yaml.versions.flatMap((version) => {
    const usual = [`${yaml.name}_v${version.v}`, `${yaml.name}.v${version.v}`];
    const names = typeof version.defined_in === 'string' ? [version.defined_in] : usual;
    // The latest version may lie in a file without suffix.
    if (version.v === latestVersion(yaml) && version.defined_in === undefined) names.push(yaml.name);
    return names.map((fileName) => ({ fileName, version }));
  });
}

/** The version that ref() without one means. */
export function latestVersion(yaml: DescribedYaml): string | number | null {
  if (yaml.latest_version !== undefined && yaml.latest_version !== null) return yaml.latest_version;
  const versions = (yaml.versions ?? []).map((version) => version.v);
  return versions.length === 0 ? null : versions.reduce((a, b) => (compareVersions(a, b) >= 0 ? a : b));
}

function compareVersions(a: string | number, b: string | number): number {
  const [left, right] = [Number(a), Number(b)];
  if (!Number.isNaN(left) && !Number.isNaN(right)) return left - right;
  return String(a) < String(b) ? -1 : 1;
}

function makePatch(
  { file, render }: ReadFile,
  entry: Described,
  yaml: DescribedYaml,
  version: VersionYaml | undefined,
): PatchEntry {
  return {
    file,
    render,
    entry,
    yaml,
    version,
    config: settingsOf(yaml, version),
    columns: toColumns(yaml.columns),
    constraints: (version?.constraints ?? yaml.constraints ?? []) as readonly Constraint[],
  };
}

/** Settings under `config:`, and those dbt also takes from beside it. */
function settingsOf(yaml: DescribedYaml, version: VersionYaml | undefined): ConfigLayer {
  const config: Record<string, unknown> = { ...yaml.config, ...version?.config };
  if (yaml.meta !== undefined && yaml.meta !== null) config['meta'] = { ...yaml.meta, ...asMapping(config['meta']) };
  if (yaml.tags !== undefined && yaml.tags !== null) config['tags'] = [...listOf(yaml.tags), ...listOf(config['tags'])];
  if (yaml.docs !== undefined && yaml.docs !== null) config['docs'] = { ...yaml.docs, ...asMapping(config['docs']) };
  if (typeof yaml.access === 'string') config['access'] = yaml.access;
  if (typeof yaml.group === 'string') config['group'] = yaml.group;
  return config;
}
