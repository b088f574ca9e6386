import type { StrataError } from '../errors.ts';
import type { Node } from '../manifest/node.ts';
import type { NodeResult, NodeStatus, Timing } from '../manifest/results.ts';
import type { OnRunEvent } from './events.ts';

/** How one node ended, without what the log adds itself. */
export interface Ending {
  readonly status: NodeStatus;
  readonly message?: string | null;
  readonly failures?: number | null;
  readonly rowsAffected?: number | null;
  readonly bytesProcessed?: number | null;
  readonly compiledCode?: string | null;
  readonly compiledPath?: string | null;
  readonly threadId?: string;
  readonly startedAt?: Date;
  /** When compiling was done and the warehouse began. */
  readonly compiledAt?: Date;
  readonly error?: StrataError | null;
}

/** Keeps the results of a run and reports each as it comes. */
export class ResultLog {
  readonly #total: number;
  readonly #onEvent: OnRunEvent;
  readonly #results = new Map<string, NodeResult>();
  readonly #indexes = new Map<string, number>();

  constructor(total: number, onEvent: OnRunEvent) {
    this.#total = total;
    this.#onEvent = onEvent;
  }

  /** All results there are, as they came. */
  get results(): readonly NodeResult[] {
    return [...this.#results.values()];
  }

  has(uniqueId: string): boolean {
    return this.#results.has(uniqueId);
  }

  start(node: Node): void {
    this.#onEvent({ kind: 'node-start', node, index: this.#indexOf(node), total: this.#total });
  }

  end(node: Node, ending: Ending): NodeResult {
    const result = toResult(node, ending);
    this.#results.set(node.unique_id, result);
    const index = this.#indexOf(node);
    this.#onEvent({ kind: 'node-end', node, index, total: this.#total, result, error: ending.error ?? null });
    return result;
  }

  /** Keeps a result that is not reported on its own: of a hook that went well, of an exposure. */
  note(node: Pick<Node, 'unique_id' | 'relation_name'>, ending: Ending): void {
    this.#results.set(node.unique_id, toResult(node, ending));
  }

  #indexOf(node: Node): number {
    const index = this.#indexes.get(node.unique_id) ?? this.#indexes.size + 1;
    this.#indexes.set(node.unique_id, index);
    return index;
  }
}

function toResult(node: Pick<Node, 'unique_id' | 'relation_name'>, ending: Ending): NodeResult {
  const timing = readTiming(ending);
  const [first] = timing;
  const last = timing.at(-1);
  const elapsed =
    first === undefined || last === undefined ? 0 : last.completedAt.getTime() - first.startedAt.getTime();
  return {
    uniqueId: node.unique_id,
    status: ending.status,
    message: ending.message ?? null,
    failures: ending.failures ?? null,
    executionTime: elapsed / 1000,
    threadId: ending.threadId ?? 'main',
    timing,
    rowsAffected: ending.rowsAffected ?? null,
    bytesProcessed: ending.bytesProcessed ?? null,
    compiledCode: ending.compiledCode ?? null,
    compiledPath: ending.compiledPath ?? null,
    relationName: node.relation_name,
  };
}

function readTiming({ startedAt, compiledAt }: Ending): readonly Timing[] {
  if (startedAt === undefined) return [];
  const now = new Date();
  const compiled = compiledAt ?? now;
  return [
    { name: 'compile', startedAt, completedAt: compiled },
    { name: 'execute', startedAt: compiled, completedAt: now },
  ];
}
