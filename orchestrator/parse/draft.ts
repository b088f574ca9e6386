import type { Checksum, ExecutableType } from '../manifest/node.ts';
import type { SourceFile } from './discover.ts';
import type { PatchEntry } from './patches.ts';

/** A node before its template was rendered: what its file and its properties say. */
export interface Draft {
  readonly type: ExecutableType;
  readonly uniqueId: string;
  readonly name: string;
  readonly packageName: string;
  readonly path: string;
  readonly originalPath: string;
  /** The file as messages show it. */
  readonly display: string;
  readonly fqn: readonly string[];
  readonly rawCode: string;
  /** Line of rawCode's first line. */
  readonly line: number;
  readonly checksum: Checksum;
  readonly patch: PatchEntry | undefined;
  readonly version: string | number | null;
  /** Tags it has whatever its settings say. */
  readonly tags?: readonly string[];
}

/** Folders of a path, without the file. */
export function foldersOf(path: string): readonly string[] {
  return path.split('/').slice(0, -1);
}

/** A text without blank space around it, as dbt keeps code, and the line it starts at. */
export function stripCode(text: string): { code: string; line: number } {
  const code = text.trim();
  if (code === '') return { code, line: 1 };
  const start = text.length - text.trimStart().length;
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < start; at = text.indexOf('\n', at + 1)) line += 1;
  return { code, line };
}

/** Parts of a draft that come straight from its file. */
export function fileFields(file: SourceFile) {
  return {
    packageName: file.packageName,
    path: file.path,
    originalPath: file.originalPath,
    display: file.display,
  };
}
