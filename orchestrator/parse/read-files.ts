import { fileURLToPath } from 'node:url';
import type { Project } from '../config/load-project.ts';
import { StrataError } from '../errors.ts';
import type { DocBlock, MacroInfo } from '../manifest/node.ts';
import { builtinFolder, builtinPackage } from '../render/builtin-folder.ts';
import type { ParseCache } from './cache.ts';
import { discoverFiles, discoverMacros, type SourceFile } from './discover.ts';
import { readDocs } from './read-docs.ts';
import { findDuplicateMacros, readMacros } from './read-macros.ts';
import { type PropertiesFile, readProperties } from './read-properties.ts';

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

/** Reads all files. What is wrong in files of the root project is an error, in packages of others a warning. */
export function readAllFiles(
  project: Project,
  cache: ParseCache,
  errors: StrataError[],
  warnings: StrataError[],
): ProjectFiles {
  const files = project.packages.flatMap(discoverFiles);
  const macroFiles = [
    ...discoverMacros(fileURLToPath(builtinFolder), builtinPackage),
    ...files.filter((file) => MACRO_KINDS.has(file.kind)),
  ];
  const macros = macroFiles.flatMap(
    (file) => attempt(errors, () => cache.reuse(`macros:${file.display}:${file.hash}`, () => readMacros(file))) ?? [],
  );
  errors.push(...findDuplicateMacros(macros));
  const properties = files
    .filter((file) => file.kind === 'properties')
    .flatMap((file) => {
      const isRoot = file.packageName === project.root.name;
      const read = attempt(errors, () => readOne(file, isRoot, cache, isRoot ? errors : warnings));
      return read === undefined ? [] : [{ file, properties: read }];
    });
  for (const file of files.filter((one) => one.kind === 'python')) errors.push(pythonModel(file));
  return {
    macros,
    docs: files.filter((file) => file.kind === 'docs').flatMap(readDocs),
    properties,
    nodes: files.filter((file) => !MACRO_KINDS.has(file.kind) && !OTHER_KINDS.has(file.kind)),
    count: files.length + macroFiles.length,
  };
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
