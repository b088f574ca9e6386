import type { Adapter } from '../adapters/adapter.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Node } from '../manifest/node.ts';
import type { NodeCompiler } from './compiler.ts';
import type { OnRunEvent } from './events.ts';
import type { SeedData } from './load-seed.ts';
import type { RunCommand } from './plan.ts';

/** Everything one run needs. The adapter is connected, and stays the caller's to close. */
export interface RunOptions {
  readonly manifest: Manifest;
  /** Unique ids of what was selected. */
  readonly selection: ReadonlySet<string>;
  readonly command: RunCommand;
  readonly adapter: Adapter;
  /** An embedded DuckDB, not yet connected: reads the files behind sources where the warehouse cannot. */
  readonly openFileReader: () => Promise<Adapter>;
  readonly compiler: NodeCompiler;
  readonly threads: number;
  readonly fullRefresh: boolean;
  readonly failFast: boolean;
  readonly storeFailures: boolean;
  readonly signal: AbortSignal;
  readonly onEvent: OnRunEvent;
  readonly invocation: { readonly id: string; readonly startedAt: Date };
  /** `target/`, absolute: compiled files and the journal go there. */
  readonly targetFolder: string;
  /** The file of a seed, absolute. */
  readonly seedPath: (node: Node) => string;
  /** Seeds that were read when they were checked, by unique id; each is forgotten once it is loaded. */
  readonly checkedSeeds?: Map<string, SeedData> | undefined;
  /** What the command was called with, recorded in the results. */
  readonly args: Readonly<Record<string, unknown>>;
}
