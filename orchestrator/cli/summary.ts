import type { StrataError } from '../errors.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Node } from '../manifest/node.ts';
import type { NodeResult, NodeStatus, RunResults } from '../manifest/results.ts';
import type { Colors } from './colors.ts';
import { describeNode, formatBytes, formatSeconds, formatStatus } from './node-line.ts';

/** What the summary is made from. */
export interface SummaryInput {
  readonly results: RunResults;
  readonly manifest: Manifest;
  /** Why nodes failed, by unique id; the results hold their messages only. */
  readonly errors: ReadonlyMap<string, StrataError>;
  readonly colors: Colors;
}

/** How many nodes ended how. */
export type StatusCounts = Readonly<Record<NodeStatus, number>>;

/** Counts results by status. */
export function countStatuses(results: readonly NodeResult[]): StatusCounts {
  const counts = { success: 0, error: 0, skipped: 0, pass: 0, warn: 0, fail: 0, 'no-op': 0, cancelled: 0 };
  for (const result of results) counts[result.status] += 1;
  return counts;
}

/** The end of a run: one line of counts, then what failed with how to look at it, the worst last. */
export function formatSummary(input: SummaryInput): string {
  const { results, colors } = input;
  const troubles = ['warn', 'fail', 'error'].flatMap((status) =>
    results.results.filter((result) => result.status === status),
  );
  const blocks = troubles.map((result) => formatTrouble(result, input));
  return [formatCounts(results, colors), ...blocks].join('\n\n');
}

/** `Done in 1.20s. PASS=38 WARN=1 ERROR=1 SKIP=0 TOTAL=40`; dbt's words, which scripts look for. */
function formatCounts(results: RunResults, colors: Colors): string {
  const counts = countStatuses(results.results);
  const failed = counts.error + counts.fail;
  const parts = [
    `PASS=${counts.success + counts.pass}`,
    `WARN=${counts.warn}`,
    `ERROR=${failed}`,
    `SKIP=${counts.skipped}`,
    ...(counts['no-op'] > 0 ? [`NO-OP=${counts['no-op']}`] : []),
    ...(counts.cancelled > 0 ? [`CANCELLED=${counts.cancelled}`] : []),
    `TOTAL=${results.results.length}`,
  ];
  const bytes = sumBytes(results.results);
  const read = bytes === null ? '' : ` ${formatBytes(bytes)} read.`;
  const color = failed > 0 ? colors.red : counts.warn + counts.cancelled > 0 ? colors.yellow : colors.green;
  return `${color(`Done in ${formatSeconds(results.elapsedSeconds)}.`)}${read} ${parts.join(' ')}`;
}

/** Bytes that all nodes together read; null where the warehouse told of none. */
export function sumBytes(results: readonly NodeResult[]): number | null {
  const told = results.flatMap(({ bytesProcessed }) => bytesProcessed ?? []);
  return told.length === 0 ? null : told.reduce((sum, bytes) => sum + bytes, 0);
}

function formatTrouble(result: NodeResult, { results, manifest, errors, colors }: SummaryInput): string {
  const node = manifest.nodes[result.uniqueId];
  const title = node === undefined ? result.uniqueId : `${describeNode(node)} (${node.original_file_path})`;
  const lines = [`${formatStatus(result, colors)} ${title}`];
  const message = describeMessage(result, errors.get(result.uniqueId));
  if (message !== '') lines.push(message);
  if (result.compiledPath !== null) lines.push(`compiled: ${result.compiledPath}`);
  if (node !== undefined) lines.push(...formatFailingRows(node, result, findUnpublished(results.results)));
  return lines.map((line, at) => (at === 0 ? line : indent(line))).join('\n');
}

function findUnpublished(results: readonly NodeResult[]): ReadonlySet<string> {
  return new Set(results.filter(({ status }) => status === 'error').map(({ uniqueId }) => uniqueId));
}

/** What the warehouse or the engine said, then what to do about it; the title names the file already. */
function describeMessage(result: NodeResult, error: StrataError | undefined): string {
  if (error === undefined) return result.message ?? '';
  const { line, column } = error.place;
  const where = line === undefined ? '' : `line ${line}${column === undefined ? '' : `:${column}`}: `;
  return `${where}${error.message}${error.hint === undefined ? '' : `\n${error.hint}`}`;
}

/** How to see the rows a test found: in the table it kept them in, or by running it again. */
function formatFailingRows(node: Node, result: NodeResult, unpublished: ReadonlySet<string>): readonly string[] {
  if (node.resource_type !== 'test' || result.failures === null || result.failures === 0) return [];
  if (result.relationName !== null) return [`rows: select * from ${result.relationName}`];
  // The rows of a table that was not published are not there to be read: its SQL gives them again.
  const isUnpublished = node.depends_on.nodes.some((id) => unpublished.has(id));
  return [`rows: strata show --select ${node.name}${isUnpublished ? ' --unpublished' : ''}`];
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
