import type { StrataError } from '../errors.ts';
import type { Relation } from '../manifest/relation.ts';

/** Sources that are files, and where they can be read from. Keys are unique ids. */
export interface LandedSources {
  readonly relations: ReadonlyMap<string, Relation>;
  /** Why a file could not be landed: what reads it fails with this. */
  readonly errors: ReadonlyMap<string, StrataError>;
}
