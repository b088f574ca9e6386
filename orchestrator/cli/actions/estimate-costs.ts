import type { Adapter, Session } from '../../adapters/adapter.ts';
import { StrataError } from '../../errors.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { NodeResult } from '../../manifest/results.ts';
import { countOf, describeNode, formatBytes } from '../node-line.ts';

/** What the query of one node would read. */
export interface Estimate {
  readonly uniqueId: string;
  /** Null where the warehouse refused to tell. */
  readonly bytes: number | null;
  /** Why there is no figure, in one line. */
  readonly reason: string | null;
}

/** Throws `usage` where the warehouse cannot tell what a query would read. */
export async function checkEstimates(adapter: Adapter): Promise<void> {
  const session = await adapter.openSession();
  const isAble = session.estimateBytes !== undefined;
  await session.close();
  if (isAble) return;
  const message = `--dry-run: ${adapter.dialect.name} does not charge by the bytes a query reads, and does not tell them.`;
  throw new StrataError('usage', message, {}, { hint: 'Leave out --dry-run; bigquery tells them.' });
}

/** Asks what each compiled query would read, several at a time, without running any. */
export async function estimateCosts(
  results: readonly NodeResult[],
  adapter: Adapter,
  threads: number,
): Promise<readonly Estimate[]> {
  const asked = results.filter(({ compiledCode }) => compiledCode !== null);
  const estimates = new Map<string, Estimate>();
  const waiting = asked.values();
  const work = async (): Promise<void> => {
    const session = await adapter.openSession();
    // One iterator is shared, so that each query is taken once.
    for (const result of waiting) estimates.set(result.uniqueId, await estimate(result, session));
    await session.close();
  };
  await Promise.all(Array.from({ length: Math.min(threads, asked.length) }, work));
  return asked.flatMap(({ uniqueId }) => estimates.get(uniqueId) ?? []);
}

async function estimate({ uniqueId, compiledCode }: NodeResult, session: Session): Promise<Estimate> {
  try {
    const bytes = (await session.estimateBytes?.(compiledCode ?? '')) ?? null;
    return { uniqueId, bytes, reason: null };
  } catch (error) {
    if (!(error instanceof StrataError) || error.code !== 'database-error') throw error;
    // Most often a table it reads is not built yet: the others can be told all the same.
    return { uniqueId, bytes: null, reason: error.message.split('\n', 1)[0] ?? '' };
  }
}

/** One line per node, the largest first, and the total. */
export function formatEstimates(estimates: readonly Estimate[], { nodes }: Pick<Manifest, 'nodes'>): string {
  const sorted = estimates.toSorted((a, b) => (b.bytes ?? -1) - (a.bytes ?? -1));
  const figures = sorted.map(({ bytes }) => (bytes === null ? 'unknown' : formatBytes(bytes)));
  const width = Math.max(0, ...figures.map((figure) => figure.length));
  const lines = sorted.map(({ uniqueId, reason }, at) => {
    const node = nodes[uniqueId];
    const name = node === undefined ? uniqueId : describeNode(node);
    return `${(figures[at] ?? '').padStart(width)}  ${name}${reason === null ? '' : `: ${reason}`}`;
  });
  return [...lines, describeTotal(estimates)].join('\n');
}

function describeTotal(estimates: readonly Estimate[]): string {
  const unknown = estimates.filter(({ bytes }) => bytes === null).length;
  const rest = unknown === 0 ? '' : `, and what ${countOf(unknown, 'node')} would read, which cannot be told yet`;
  return `${formatBytes(sumEstimates(estimates))} in total${rest}`;
}

/** Bytes of all nodes whose figure is known. */
export function sumEstimates(estimates: readonly Estimate[]): number {
  return estimates.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
}
