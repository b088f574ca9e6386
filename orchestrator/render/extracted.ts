import type { RefArgs } from '../manifest/node.ts';

/** What a template says about its node when it is rendered without a warehouse. */
export interface Extracted {
  readonly refs: readonly RefArgs[];
  readonly sources: readonly (readonly [string, string])[];
  /** Keyword arguments of each config() call, in order. */
  readonly configCalls: readonly Readonly<Record<string, unknown>>[];
  /** Unique ids of the macros called. */
  readonly macros: readonly string[];
}
