import { fileURLToPath } from 'node:url';
import type { Project } from '../config/load-project.ts';
import { StrataError } from '../errors.ts';
import type { DocBlock, MacroInfo } from '../manifest/node.ts';
import { builtinFolder, builtinPackage } from '../render/builtin-folder.ts';
import type { ParseCache, ParseSinks } from './cache.ts';
import { describeMacros } from './describe-macros.ts';
import { discoverFiles, discoverMacros, type SourceFile } from './discover.ts';
import { findDuplicateDocs, readDocs } from './read-docs.ts';
import { findDuplicateMacros, readMacros } from './read-macros.ts';
import { type PropertiesFile, readProperties } from './read-properties.ts';
import { splitMacros } from './split-macros.ts';

/** The files of a project and its packages, with what can be read from each alone. */
export interface ProjectFiles {
  readonly macros: readonly MacroInfo[];
  readonly docs: readonly DocBlock[];
  readonly properties: readonly { readonly file: SourceFile; readonly properties: PropertiesFile }[];
  /** Files that define nodes. */
  readonly nodes: readonly SourceFile[];
  readonly count: number;
}

const MACRO_KINDS: ReadonlySet<string> = new Set(['macro', 'generic-test']);

/** All files of a project and its packages, read but not yet understood. */
export interface DiscoveredFiles {
  readonly macros: readonly SourceFile[];
  readonly others: readonly SourceFile[];
}

/** Finds and reads the files of a project, its packages and the built-in macros. */
export function discoverAllFiles(project: Project): DiscoveredFiles {
  const files = project.packages.flatMap(discoverFiles);
  return {
    macros: [
      ...discoverMacros(fileURLToPath(builtinFolder), builtinPackage),
      ...files.filter((file) => MACRO_KINDS.has(file.kind)),
    ],
    others: files.filter((file) => !MACRO_KINDS.has(file.kind)),
  };
}

/** Understands each file alone. What is wrong in files of the root project is an error, in packages of others a warning. */
export function readAllFiles(project: Project, found: DiscoveredFiles, sinks: ParseSinks): ProjectFiles {
  const { cache, errors, warnings } = sinks;
  const files = found.others;
  const macros = found.macros.flatMap((file) => attempt(errors, () => readMacroFile(file, cache)) ?? []);
  errors.push(...findDuplicateMacros(macros));
  const properties = files
    .filter((file) => file.kind === 'properties')
    .flatMap((file) => {
      const isRoot = file.packageName === project.root.name;
      const read = attempt(errors, () => readOne(file, isRoot, cache, isRoot ? errors : warnings));
      return read === undefined ? [] : [{ file, properties: read }];
    });
  for (const file of files.filter((one) => one.kind === 'python')) errors.push(pythonModel(file));
  const docs = files
    .filter((file) => file.kind === 'docs')
    .flatMap((file) => attempt(errors, () => readDocs(file)) ?? []);
  errors.push(...findDuplicateDocs(docs));
  return {
    macros: describeMacros(macros, properties, warnings),
    docs,
    properties,
    nodes: files.filter((file) => !OTHER_KINDS.has(file.kind)),
    count: files.length + found.macros.length,
  };
}

function readMacroFile(file: SourceFile, cache: ParseCache): readonly MacroInfo[] {
  if (file.packageName === builtinPackage) return splitMacros(file);
  return cache.reuse(`macros:${file.display}:${file.hash}`, () => readMacros(file));
}

const OTHER_KINDS: ReadonlySet<string> = new Set(['properties', 'docs', 'python']);

function readOne(file: SourceFile, isRoot: boolean, cache: ParseCache, findings: StrataError[]): PropertiesFile {
  const before = findings.length;
  const key = `yaml:${file.display}:${file.hash}`;
  const read = cache.reuse(key, () => readProperties(file, isRoot, findings));
  // A file with findings is read again next time, so that they are reported again.
  if (findings.length > before) cache.forget(key);
  return read;
}

function pythonModel(file: SourceFile): StrataError {
  return new StrataError(
    'materialization-invalid',
    'Models in Python are not supported.',
    { file: file.display, line: 1 },
    {
      hint: 'Write it in SQL, or move it out of the model folders.',
    },
  );
}

/** Runs a step; what it throws is added to the errors. */
export function attempt<Result>(errors: StrataError[], step: () => Result): Result | undefined {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof StrataError)) throw error;
    errors.push(error);
    return undefined;
  }
}
