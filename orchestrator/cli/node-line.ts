import type { Node } from '../manifest/node.ts';
import type { NodeResult, NodeStatus } from '../manifest/results.ts';
import type { Colors } from './colors.ts';

/** A node as people know it: `model main.stg_orders`, `test unique_orders_id`. */
export function describeNode(node: Node): string {
  const type = node.resource_type;
  if (type !== 'model' && type !== 'seed' && type !== 'snapshot') return `${type} ${node.name}`;
  return node.relation_name === null ? `${type} ${node.name}` : `${type} ${node.schema}.${node.alias}`;
}

/** One line for a node that ended: `12 of 40 OK model main.stg_orders (0.02s)`. */
export function formatNodeEnd(node: Node, result: NodeResult, position: Position, colors: Colors): string {
  const { index, total } = position;
  const counter = `${String(index).padStart(String(total).length)} of ${total}`;
  const line = `${counter} ${formatStatus(result, colors)} ${describeNode(node)}`;
  if (result.status !== 'skipped') return `${line} ${colors.dim(formatCost(result))}`;
  const reason = firstLine(result.message ?? '').replace(/^skipped: /, '');
  return reason === '' ? line : `${line}: ${reason}`;
}

/** Which of how many, from 1. */
export interface Position {
  readonly index: number;
  readonly total: number;
}

/** The word for a status, with the failing rows of a test: `FAIL 3`. */
export function formatStatus(result: NodeResult, colors: Colors): string {
  const { word, color } = statusWords[result.status];
  const hasCount = (result.status === 'fail' || result.status === 'warn') && result.failures !== null;
  return colors[color](hasCount ? `${word} ${result.failures}` : word);
}

const statusWords: Readonly<Record<NodeStatus, { readonly word: string; readonly color: keyof Colors }>> = {
  success: { word: 'OK', color: 'green' },
  pass: { word: 'PASS', color: 'green' },
  warn: { word: 'WARN', color: 'yellow' },
  fail: { word: 'FAIL', color: 'red' },
  error: { word: 'ERROR', color: 'red' },
  skipped: { word: 'SKIP', color: 'yellow' },
  'no-op': { word: 'NO-OP', color: 'green' },
  cancelled: { word: 'CANCELLED', color: 'yellow' },
};

function formatCost({ rowsAffected, bytesProcessed, executionTime, status }: NodeResult): string {
  const rows = status === 'success' && rowsAffected !== null && rowsAffected > 0 ? `${formatRows(rowsAffected)}, ` : '';
  const bytes = bytesProcessed === null || bytesProcessed === undefined ? '' : `${formatBytes(bytesProcessed)}, `;
  return `(${rows}${bytes}${formatSeconds(executionTime)})`;
}

/** `0 B`, `1.5 KiB`, `20 GiB`: powers of 1024, which is how warehouses count what they charge for. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let unit = 0;
  let value = bytes;
  for (; value >= 1023.95 && unit < units.length - 1; unit++) value /= 1024;
  return `${unit === 0 || value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** `1 row`, `12,345 rows`. */
function formatRows(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'row' : 'rows'}`;
}

/** `1 node`, `12 nodes`. */
export function countOf(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

/** Digits in groups of three, the same on every machine. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `0.02s`, `2m 05s`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(2)}s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}m ${String(whole % 60).padStart(2, '0')}s`;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
