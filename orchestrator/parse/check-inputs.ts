import type { Draft } from './draft.ts';
import type { PatchEntry, Patches } from './patches.ts';
import type { PlaceOf } from './places.ts';
import type { ProjectFiles } from './read-files.ts';

/** A node's draft with its description. */
export interface PatchedDraft {
  readonly draft: Draft;
  readonly patch: PatchEntry;
}

/** What checks look at besides the resources. */
export interface CheckInputs {
  readonly patches: Patches;
  readonly patched: readonly PatchedDraft[];
  readonly places: PlaceOf;
  readonly files: ProjectFiles;
}
