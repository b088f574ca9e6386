import type { Json } from './json.ts';
import type { Column } from './relation.ts';

/** How a node ended; `no-op` is an exposure's, of which nothing is run. */
export type NodeStatus = 'success' | 'error' | 'skipped' | 'pass' | 'warn' | 'fail' | 'no-op' | 'cancelled';

/** Rows a query gave back. Values: null, boolean, number, bigint, string (dates, timestamps and decimals as text). */
export interface ResultTable {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly CellValue[])[];
}

export type CellValue = null | boolean | number | bigint | string;

/** What a statement did, as dbt's adapter_response. */
export interface StatementResponse {
  readonly code: string;
  readonly rowsAffected: number | null;
}

export interface Timing {
  readonly name: 'compile' | 'execute';
  readonly startedAt: Date;
  readonly completedAt: Date;
}

/** How one node ended. */
export interface NodeResult {
  readonly uniqueId: string;
  readonly status: NodeStatus;
  readonly message: string | null;
  /** Failing rows of a test. */
  readonly failures: number | null;
  /** Seconds. */
  readonly executionTime: number;
  readonly threadId: string;
  readonly timing: readonly Timing[];
  readonly rowsAffected: number | null;
  /** Bytes its statements read; null where the warehouse does not charge for them. */
  readonly bytesProcessed?: number | null;
  readonly compiledCode: string | null;
  readonly compiledPath: string | null;
  readonly relationName: string | null;
}

export interface RunResults {
  readonly invocationId: string;
  readonly startedAt: Date;
  readonly elapsedSeconds: number;
  readonly command: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly results: readonly NodeResult[];
}

/** dbt's adapter_response: what the warehouse told about the node's statements, and nothing it did not tell. */
export function describeResponse({ rowsAffected, bytesProcessed = null }: NodeResult): Readonly<Record<string, Json>> {
  if (rowsAffected === null && bytesProcessed === null) return {};
  return {
    _message: 'OK',
    ...(rowsAffected === null ? {} : { rows_affected: rowsAffected }),
    ...(bytesProcessed === null ? {} : { bytes_processed: bytesProcessed }),
  };
}
