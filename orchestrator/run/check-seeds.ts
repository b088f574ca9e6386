import { statSync } from 'node:fs';
import type { Dialect } from '../dialects/dialect.ts';
import { StrataError, StrataErrors } from '../errors.ts';
import type { Node } from '../manifest/node.ts';
import { prepareSeed, type SeedData } from './load-seed.ts';
import { readSeedText } from './seed-text.ts';

/** Larger files are read again when they are loaded, so that checking does not hold all of them in memory. */
const KEPT_BYTES = 2_000_000;

/** What checking seeds needs to know. */
export interface SeedCheck {
  readonly dialect: Dialect;
  /** The file of a seed, absolute. */
  readonly seedPath: (node: Node) => string;
}

/**
 * Reads and checks seeds before anything runs, so that a malformed one leaves everything as it was. Gives those read
 * that are small enough to be kept, by unique id. Throws StrataErrors with the first mistake of each file.
 */
export function checkSeeds(seeds: readonly Node[], { dialect, seedPath }: SeedCheck): Map<string, SeedData> {
  const errors: StrataError[] = [];
  const kept = new Map<string, SeedData>();
  for (const seed of seeds) {
    const path = seedPath(seed);
    try {
      const data = prepareSeed(seed, readSeedText(path, seed.original_file_path), dialect);
      if (statSync(path).size <= KEPT_BYTES) kept.set(seed.unique_id, data);
    } catch (error) {
      if (!(error instanceof StrataError)) throw error;
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new StrataErrors(errors);
  return kept;
}
