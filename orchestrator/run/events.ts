import type { StrataError } from '../errors.ts';
import type { Node } from '../manifest/node.ts';
import type { NodeResult } from '../manifest/results.ts';

/** What a run reports while it goes on. Nothing in run/ writes to the terminal. */
export type RunEvent =
  | { readonly kind: 'run-start'; readonly total: number; readonly threads: number }
  | { readonly kind: 'node-start'; readonly node: Node; readonly index: number; readonly total: number }
  | {
      readonly kind: 'node-end';
      readonly node: Node;
      readonly index: number;
      readonly total: number;
      readonly result: NodeResult;
      /** Why it did not succeed. */
      readonly error: StrataError | null;
    }
  | { readonly kind: 'notice'; readonly level: 'info' | 'warn'; readonly text: string }
  | { readonly kind: 'run-end'; readonly cancelled: boolean };

/** Receives what a run reports. */
export type OnRunEvent = (event: RunEvent) => void;
