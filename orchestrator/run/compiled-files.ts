import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Node } from '../manifest/node.ts';

/**
 * Writes compiled SQL below `target/compiled`. Synchronously: a small file takes some twenty microseconds, a tenth of
 * what handing it to a thread and back costs.
 */
export class CompiledFiles {
  readonly #folder: string;
  readonly #made = new Set<string>();
  #failure: Error | null = null;

  constructor(targetFolder: string) {
    this.#folder = targetFolder;
  }

  /** The first error there was: a run is no worse for files of its own that cannot be written. */
  get failure(): Error | null {
    return this.#failure;
  }

  /** Writes a file and gives its path relative to the target folder's parent, as dbt records it. */
  write(node: Node, sql: string): string {
    const path = compiledPath(node);
    try {
      this.#makeFolder(dirname(join(this.#folder, path)));
      writeFileSync(join(this.#folder, path), sql);
    } catch (error) {
      this.#failure ??= error instanceof Error ? error : new Error(String(error));
    }
    return join(basename(this.#folder), path);
  }

  #makeFolder(folder: string): void {
    if (this.#made.has(folder)) return;
    mkdirSync(folder, { recursive: true });
    this.#made.add(folder);
  }
}

/**
 * dbt's place for a compiled node; tests written in YAML get a folder named after their file. Model folders may lie
 * beside the project, what is compiled from them never lies beside the target.
 */
export function compiledPath(node: Node): string {
  const own = node.original_file_path;
  const path = basename(own) === basename(node.path) ? own : join(own, basename(node.path));
  const inner = path.split(/[\\/]/).filter((part) => part !== '..');
  return join('compiled', node.package_name, ...inner);
}
