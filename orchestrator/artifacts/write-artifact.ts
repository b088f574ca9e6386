import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const CHUNK_LENGTH = 1 << 20;

/** Writes a file whole or not at all: a reader, or a run that is killed, never leaves or sees half of it. */
function writeFileAtomically(path: string, pieces: Iterable<string>): void {
  const temporary = `${path}.${process.pid}.tmp`;
  mkdirSync(dirname(path), { recursive: true });
  try {
    writePieces(temporary, pieces);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Strings are joined to larger ones first: a call of the system for each would take longer than making them. */
function writePieces(path: string, pieces: Iterable<string>): void {
  const file = openSync(path, 'w');
  try {
    let pending: string[] = [];
    let length = 0;
    for (const piece of pieces) {
      pending.push(piece);
      length += piece.length;
      if (length < CHUNK_LENGTH) continue;
      writeFileSync(file, pending.join(''));
      pending = [];
      length = 0;
    }
    writeFileSync(file, pending.join(''));
  } finally {
    closeSync(file);
  }
}

/** Writes an artifact such as run_results.json into the target folder. */
export function writeArtifact(targetDir: string, name: string, artifact: object): void {
  writeFileAtomically(join(targetDir, name), [JSON.stringify(artifact)]);
}

/**
 * Writes manifest.json unless the one that lies there was written from the same content, which `contentKey` stands
 * for. Thousands of nodes take longer to write than to load from the parse cache. Returns whether it wrote.
 */
export function writeManifest(targetDir: string, contentKey: string, produce: () => Iterable<string>): boolean {
  const path = join(targetDir, 'manifest.json');
  const keyPath = join(targetDir, 'manifest.key');
  const lying = describeFile(path, contentKey);
  if (lying !== undefined && lying === readKey(keyPath)) return false;
  writeFileAtomically(path, produce());
  writeFileAtomically(keyPath, [describeFile(path, contentKey) ?? '']);
  return true;
}

/** Content key, size and time: a manifest.json that another program wrote since does not count. */
function describeFile(path: string, contentKey: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? undefined : `${contentKey} ${stat.size} ${stat.mtimeMs}`;
}

function readKey(path: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false }) === undefined ? undefined : readFileSync(path, 'utf8');
}
