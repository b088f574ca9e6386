import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Node } from '../manifest/node.ts';

/** Writes compiled SQL below `target/compiled` while queries run; nothing waits for it but the end of the run. */
export class CompiledFiles {
  readonly #folder: string;
  readonly #made = new Map<string, Promise<unknown>>();
  readonly #writes: Promise<void>[] = [];
  #failure: Error | null = null;

  constructor(targetFolder: string) {
    this.#folder = targetFolder;
  }

  /** Queues a file and gives its path relative to the target folder's parent, as dbt records it. */
  write(node: Node, sql: string): string {
    const path = compiledPath(node);
    const written = this.#write(join(this.#folder, path), sql).catch((error: unknown) => {
      this.#failure ??= error instanceof Error ? error : new Error(String(error));
    });
    this.#writes.push(written);
    return join(basename(this.#folder), path);
  }

  /** Resolves when everything is on disk, to the first error there was: a run is no worse for a full disk. */
  async finish(): Promise<Error | null> {
    await Promise.all(this.#writes);
    return this.#failure;
  }

  async #write(path: string, sql: string): Promise<void> {
    const folder = dirname(path);
    let made = this.#made.get(folder);
    if (made === undefined) {
      made = mkdir(folder, { recursive: true });
      this.#made.set(folder, made);
    }
    await made;
    await writeFile(path, sql);
  }
}

/** dbt's place for a compiled node; tests written in YAML get a folder named after their file. */
export function compiledPath(node: Node): string {
  const own = node.original_file_path;
  const path = basename(own) === basename(node.path) ? own : join(own, basename(node.path));
  return join('compiled', node.package_name, path);
}
