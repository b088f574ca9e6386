import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StrataError } from '../errors.ts';
import type { Json, JsonObject } from '../manifest/json.ts';
import { type ProjectYaml, projectShape, RESERVED_NAMES } from './project-schema.ts';
import { checkShape } from './shape.ts';
import { readYaml, type YamlDocument } from './yaml.ts';

export const PROJECT_FILE = 'dbt_project.yml';

/** Settings by folder, as written under `models:`, `seeds:`, …; keys with `+` are settings for sure. */
export type ConfigTree = Readonly<Record<string, unknown>>;

/** Kinds of nodes that have a settings tree. */
export type TreeKind = 'models' | 'seeds' | 'snapshots' | 'sources' | 'tests' | 'exposures' | 'analyses';

/** One package's dbt_project.yml, checked, with defaults filled in. */
export interface ProjectFile {
  readonly name: string;
  readonly version: string | null;
  /** Absolute folder of the package. */
  readonly dir: string;
  /** The file as messages show it, relative to the root project. */
  readonly file: string;
  /** Prefix of this package's files in messages: empty for the root project, `dbt_packages/x/` for others. */
  readonly displayPrefix: string;
  readonly profile: string | null;
  readonly modelPaths: readonly string[];
  readonly seedPaths: readonly string[];
  readonly testPaths: readonly string[];
  readonly analysisPaths: readonly string[];
  readonly macroPaths: readonly string[];
  readonly snapshotPaths: readonly string[];
  readonly docsPaths: readonly string[];
  readonly targetPath: string;
  readonly packagesInstallPath: string;
  readonly cleanTargets: readonly string[];
  readonly quoting: { readonly database?: boolean; readonly schema?: boolean; readonly identifier?: boolean };
  readonly onRunStart: readonly string[];
  readonly onRunEnd: readonly string[];
  readonly dispatch: readonly { readonly macro_namespace: string; readonly search_order: readonly string[] }[];
  readonly trees: Readonly<Record<TreeKind, ConfigTree>>;
  readonly vars: JsonObject;
  readonly queryComment: Json;
  readonly flags: Readonly<Record<string, unknown>>;
  /** The text, part of what a cached parse depends on. */
  readonly text: string;
  locate: YamlDocument['locate'];
}

/** A dbt_project.yml as read, before its templates are rendered. */
export interface RawProject {
  readonly dir: string;
  readonly displayPrefix: string;
  readonly text: string;
  readonly document: YamlDocument;
}

/** Reads dbt_project.yml of a package. Throws `project-not-found` or `yaml-syntax`. */
export function readProjectFile(dir: string, displayPrefix = ''): RawProject {
  const path = join(dir, PROJECT_FILE);
  if (!existsSync(path)) {
    throw new StrataError(
      'project-not-found',
      `No ${PROJECT_FILE} in ${dir}.`,
      {},
      {
        hint: 'Run the command in a project folder, or give it with --project-dir.',
      },
    );
  }
  const text = readFileSync(path, 'utf8');
  const duplicateKeys = displayPrefix === '' ? 'error' : 'last-wins';
  return { dir, displayPrefix, text, document: readYaml(text, `${displayPrefix}${PROJECT_FILE}`, { duplicateKeys }) };
}

/** Checks a rendered dbt_project.yml and fills in the defaults; undefined when `errors` got new ones. */
export function checkProject(raw: RawProject, rendered: unknown, errors: StrataError[]): ProjectFile | undefined {
  const yaml = checkShape(projectShape, rendered, errors, {
    document: raw.document,
    subject: 'dbt_project.yml',
    codes: { unknownKey: 'project-invalid', invalid: 'project-invalid' },
  });
  if (yaml === undefined) return undefined;
  const before = errors.length;
  errors.push(...checkName(raw, yaml), ...checkOldNames(raw, yaml), ...checkVersionRange(raw, yaml));
  return errors.length > before ? undefined : buildProject(raw, yaml);
}

function buildProject(raw: RawProject, yaml: ProjectYaml): ProjectFile {
  const sources = readPaths(yaml);
  return {
    name: yaml.name,
    version: yaml.version === undefined ? null : String(yaml.version),
    dir: raw.dir,
    file: raw.document.file,
    displayPrefix: raw.displayPrefix,
    profile: yaml.profile ?? null,
    ...sources,
    docsPaths: yaml['docs-paths'] ?? Object.values(sources).flat(),
    targetPath: yaml['target-path'] ?? 'target',
    packagesInstallPath: yaml['packages-install-path'] ?? 'dbt_packages',
    cleanTargets: yaml['clean-targets'] ?? [yaml['target-path'] ?? 'target'],
    quoting: dropEmpty({
      database: yaml.quoting?.database ?? yaml.quoting?.project,
      schema: yaml.quoting?.schema,
      identifier: yaml.quoting?.identifier,
    }),
    onRunStart: listOf(yaml['on-run-start']),
    onRunEnd: listOf(yaml['on-run-end']),
    dispatch: yaml.dispatch ?? [],
    trees: readTrees(yaml),
    vars: readVars(raw, yaml),
    queryComment: (yaml['query-comment'] ?? null) as Json,
    flags: yaml.flags ?? {},
    text: raw.text,
    locate: raw.document.locate,
  };
}

/** Variables, where `1.0` is kept apart from `1`; few projects have such a number, so few are read twice. */
function readVars(raw: RawProject, yaml: ProjectYaml): JsonObject {
  if (!/\d\.0*(?!\d)/.test(raw.text)) return (yaml.vars ?? {}) as JsonObject;
  const { value } = readYaml(raw.text, raw.document.file, { duplicateKeys: 'last-wins', keepFloats: true });
  return ((value as { vars?: unknown }).vars ?? {}) as JsonObject;
}

function readPaths(yaml: ProjectYaml) {
  return {
    modelPaths: yaml['model-paths'] ?? yaml['source-paths'] ?? ['models'],
    seedPaths: yaml['seed-paths'] ?? yaml['data-paths'] ?? ['seeds'],
    snapshotPaths: yaml['snapshot-paths'] ?? ['snapshots'],
    analysisPaths: yaml['analysis-paths'] ?? ['analyses'],
    macroPaths: yaml['macro-paths'] ?? ['macros'],
    testPaths: yaml['test-paths'] ?? ['tests'],
  };
}

function readTrees(yaml: ProjectYaml): Record<TreeKind, ConfigTree> {
  return {
    models: yaml.models ?? {},
    seeds: yaml.seeds ?? {},
    snapshots: yaml.snapshots ?? {},
    sources: yaml.sources ?? {},
    tests: yaml.data_tests ?? yaml.tests ?? {},
    exposures: yaml.exposures ?? {},
    analyses: yaml.analyses ?? {},
  };
}

function checkName(raw: RawProject, yaml: ProjectYaml): StrataError[] {
  if (/^[A-Za-z_]\w*$/.test(yaml.name) && !RESERVED_NAMES.has(yaml.name)) return [];
  const message = RESERVED_NAMES.has(yaml.name)
    ? `"${yaml.name}" is a word of the template language and cannot name a project.`
    : `"${yaml.name}" cannot name a project.`;
  const hint = RESERVED_NAMES.has(yaml.name)
    ? 'Choose another name.'
    : 'Use letters, digits and underscores, not starting with a digit.';
  return [new StrataError('project-invalid', message, raw.document.locate(['name']), { hint })];
}

function checkOldNames(raw: RawProject, yaml: ProjectYaml): StrataError[] {
  const pairs = [
    ['source-paths', 'model-paths'],
    ['data-paths', 'seed-paths'],
    ['tests', 'data_tests'],
  ] as const;
  return pairs
    .filter(([old, current]) => yaml[old] !== undefined && yaml[current] !== undefined)
    .map(([old, current]) => {
      const message = `"${old}" and "${current}" mean the same and are both set.`;
      return new StrataError('project-invalid', message, raw.document.locate([old]), { hint: `Keep "${current}".` });
    });
}

// The range names dbt versions, which Strata has none of; only a range that no dbt 1 could meet is refused.
function checkVersionRange(raw: RawProject, yaml: ProjectYaml): StrataError[] {
  const ranges = listOf(yaml['require-dbt-version']);
  const isVersion = (part: string): boolean => /^\s*[<>=!~]{0,2}\s*v?\d[\w.*+-]*\s*$/.test(part);
  const malformed = ranges.filter((range) => !range.split(',').every(isVersion));
  return malformed.map((range) => {
    const place = raw.document.locate(['require-dbt-version']);
    return new StrataError('project-invalid', `"${range}" is no version range.`, place, {
      hint: 'Write for example [">=1.5.0", "<2.0.0"].',
    });
  });
}

function listOf(value: string | readonly string[] | null | undefined): readonly string[] {
  if (value === null || value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

function dropEmpty(fields: Record<string, boolean | null | undefined>): Record<string, boolean> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean'),
  );
}
