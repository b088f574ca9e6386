import { checkShape } from '../config/shape.ts';
import { readYaml, type YamlDocument } from '../config/yaml.ts';
import type { YamlPath } from '../config/yaml-positions.ts';
import type { StrataError } from '../errors.ts';
import { knownConfigKeys } from './config-keys.ts';
import type { SourceFile } from './discover.ts';
import {
  type ColumnYaml,
  type DescribedYaml,
  type ExposureYaml,
  LATER_KEYS,
  type MacroYaml,
  type PropertiesYaml,
  propertiesShape,
  type SourceTableYaml,
  type SourceYaml,
  type TestYaml,
} from './properties-schema.ts';

/** Kinds of nodes that properties describe. */
export type DescribedKind = 'model' | 'seed' | 'snapshot' | 'analysis' | 'test';

/** Something written in a file, with its line. */
export interface Written<Yaml> {
  readonly yaml: Yaml;
  readonly line: number;
}

/** Where the parts of one described resource stand: line of each test, by its place in the entry. */
export interface Described extends Written<DescribedYaml> {
  readonly kind: DescribedKind;
  /** The key of the file it stands under. */
  readonly yamlKey: string;
  readonly configLine: number;
  readonly columnLines: readonly number[];
  readonly testLines: TestLines;
}

export interface TestLines {
  readonly own: readonly number[];
  readonly columns: readonly (readonly number[])[];
}

export interface SourceEntry extends Written<SourceYaml> {
  readonly tables: readonly SourceTableEntry[];
}

export interface SourceTableEntry extends Written<SourceTableYaml> {
  readonly columnLines: readonly number[];
  readonly testLines: TestLines;
}

/** What a properties file says. It is plain data, kept in the parse cache as it is. */
export interface PropertiesFile {
  readonly described: readonly Described[];
  readonly sources: readonly SourceEntry[];
  readonly macros: readonly Written<MacroYaml>[];
  readonly exposures: readonly Written<ExposureYaml>[];
  /** Keys of dbt's that mean nothing to Strata yet, with their lines. */
  readonly unsupported: readonly { readonly key: string; readonly line: number }[];
}

const KINDS = [
  ['models', 'model'],
  ['seeds', 'seed'],
  ['snapshots', 'snapshot'],
  ['analyses', 'analysis'],
  ['tests', 'test'],
  ['data_tests', 'test'],
] as const;

/** Reads and checks a properties file. Mistakes are added to `errors`; the parts without any are returned. */
export function readProperties(file: SourceFile, isRoot: boolean, errors: StrataError[]): PropertiesFile {
  const document = readYaml(file.text, file.display, { duplicateKeys: isRoot ? 'error' : 'last-wins' });
  if (document.value === null) return { described: [], sources: [], macros: [], exposures: [], unsupported: [] };
  const yaml = checkShape(propertiesShape, document.value, errors, { document, explainKey, keepsRest: true });
  if (yaml === undefined) return { described: [], sources: [], macros: [], exposures: [], unsupported: [] };
  return {
    described: KINDS.flatMap(([key, kind]) =>
      (yaml[key] ?? []).map((entry, index) => describe(document, [key, index], entry as DescribedYaml, kind)),
    ),
    sources: (yaml.sources ?? []).map((entry, index) => readSource(document, ['sources', index], entry)),
    macros: written(document, 'macros', yaml.macros),
    exposures: written(document, 'exposures', yaml.exposures),
    unsupported: listUnsupported(document, yaml),
  };
}

/** Settings written beside `config:` instead of in it. */
function explainKey(key: string): string | undefined {
  return knownConfigKeys('model').has(key) ? `It is a setting: write it under "config:".` : undefined;
}

function listUnsupported(document: YamlDocument, yaml: PropertiesYaml) {
  const keys = LATER_KEYS.filter((key) => yaml[key] !== undefined && yaml[key] !== null).map((key) => ({
    key: String(key),
    line: lineOf(document, [key]),
  }));
  const overrides = (yaml.sources ?? []).flatMap(({ overrides: packageName }, index) =>
    typeof packageName === 'string'
      ? [{ key: 'overrides', line: lineOf(document, ['sources', index, 'overrides']) }]
      : [],
  );
  return [...keys, ...overrides];
}

function written<Yaml>(document: YamlDocument, key: string, entries: readonly Yaml[] | null | undefined) {
  return (entries ?? []).map((yaml, index) => ({ yaml, line: lineOf(document, [key, index]) }));
}

function describe(document: YamlDocument, path: YamlPath, yaml: DescribedYaml, kind: DescribedKind): Described {
  return {
    yaml,
    kind,
    yamlKey: String(path[0]),
    line: lineOf(document, [...path, 'name']),
    configLine: yaml.config === undefined || yaml.config === null ? 0 : lineOf(document, [...path, 'config']),
    ...locateParts(document, path, yaml),
  };
}

function readSource(document: YamlDocument, path: YamlPath, yaml: SourceYaml): SourceEntry {
  return {
    yaml,
    line: lineOf(document, [...path, 'name']),
    tables: (yaml.tables ?? []).map((table, index) => {
      const at = [...path, 'tables', index];
      return { yaml: table, line: lineOf(document, [...at, 'name']), ...locateParts(document, at, table) };
    }),
  };
}

interface Tested {
  readonly tests?: readonly TestYaml[] | null | undefined;
  readonly data_tests?: readonly TestYaml[] | null | undefined;
}

function locateParts(
  document: YamlDocument,
  path: YamlPath,
  yaml: Tested & { readonly columns?: readonly ColumnYaml[] | null | undefined },
): { columnLines: readonly number[]; testLines: TestLines } {
  const columns = yaml.columns ?? [];
  return {
    columnLines: columns.map((_, index) => lineOf(document, [...path, 'columns', index, 'name'])),
    testLines: {
      own: locateTests(document, path, yaml),
      columns: columns.map((column, index) => locateTests(document, [...path, 'columns', index], column)),
    },
  };
}

function locateTests(document: YamlDocument, path: YamlPath, yaml: Tested): readonly number[] {
  return (['tests', 'data_tests'] as const).flatMap((key) =>
    (yaml[key] ?? []).map((_, index) => lineOf(document, [...path, key, index])),
  );
}

/** The tests of an entry in the order their lines are kept: old spelling, then new. */
export function testsOf(yaml: Tested): readonly TestYaml[] {
  return [...(yaml.tests ?? []), ...(yaml.data_tests ?? [])];
}

function lineOf(document: YamlDocument, path: YamlPath): number {
  return document.locate(path).line ?? 1;
}
