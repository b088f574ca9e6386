import { mkdirSync, writeFile } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Node } from '../manifest/node.ts';

/** How long a file may wait for others to be written with it. */
const waitMs = 5_000;
const lanes = 4;
/** Takes half the time of the one in node:fs/promises, which opens a handle of its own for each file. */
const writeText = promisify(writeFile);

/**
 * Writes compiled SQL below `target/compiled`: many files at once and several side by side, since while a warehouse in
 * this process writes too, a file takes a third of a millisecond, nearly all of it waiting for the disk.
 */
export class CompiledFiles {
  readonly #folder: string;
  readonly #made = new Set<string>();
  readonly #waiting = new Map<string, string>();
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<unknown> = Promise.resolve();
  #failure: Error | null = null;

  constructor(targetFolder: string) {
    this.#folder = targetFolder;
  }

  /** The first error there was: a run is no worse for files of its own that cannot be written. */
  get failure(): Error | null {
    return this.#failure;
  }

  /** Takes a file in and gives its path relative to the target folder's parent, as dbt records it. */
  write(node: Node, sql: string): string {
    const path = compiledPath(node);
    this.#waiting.set(path, sql);
    this.#timer ??= setTimeout(() => void this.flush(), waitMs);
    return join(basename(this.#folder), path);
  }

  /** Writes what waits. To be called at the end, and before anybody is told to look at a file. */
  async flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const files = this.#waiting.entries();
    const written = Array.from({ length: lanes }, () => this.#writeNext(files));
    this.#writing = Promise.all([this.#writing, ...written]);
    await this.#writing;
  }

  /** One of several that take files off the same list: most of a file's time is waiting for the disk. */
  async #writeNext(files: IterableIterator<[string, string]>): Promise<void> {
    for (const [path, sql] of files) {
      this.#waiting.delete(path);
      try {
        this.#makeFolder(dirname(join(this.#folder, path)));
        await writeText(join(this.#folder, path), sql);
      } catch (error) {
        this.#failure ??= error instanceof Error ? error : new Error(String(error));
      }
    }
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
