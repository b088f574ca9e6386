import type { Adapter, Session } from '../../adapters/adapter.ts';
import type { Dialect } from '../../dialects/dialect.ts';
import { StrataError } from '../../errors.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { Node } from '../../manifest/node.ts';
import type { RunResults } from '../../manifest/results.ts';
import { describeRows, isScore, performStep } from '../../run/score-node.ts';
import { listReadings } from '../../scoring/list-readings.ts';

/** What the queries of one node would read. */
export interface Estimate {
  readonly uniqueId: string;
  /** Null where the warehouse refused to tell. */
  readonly bytes: number | null;
  /** Why there is no figure, in one line. */
  readonly reason: string | null;
  /** What the figure leaves out, in one line. */
  readonly omitted: string | null;
}

/** What is to be estimated, and where. */
export interface Estimation {
  readonly manifest: Pick<Manifest, 'nodes'>;
  readonly adapter: Adapter;
  readonly threads: number;
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

/** Asks what the queries of each compiled node would read, several at a time, without running any. */
export async function estimateCosts(
  { results, args }: Pick<RunResults, 'results' | 'args'>,
  { manifest, adapter, threads }: Estimation,
): Promise<readonly Estimate[]> {
  const asOf = typeof args['as_of_date'] === 'string' ? args['as_of_date'] : null;
  const asked = results.flatMap(({ uniqueId, compiledCode: sql }) => (sql === null ? [] : [{ uniqueId, sql, asOf }]));
  const estimates = new Map<string, Estimate>();
  const waiting = asked.values();
  const work = async (): Promise<void> => {
    const session = await adapter.openSession();
    const source = { manifest, session, dialect: adapter.dialect };
    // One iterator is shared, so that each query is taken once.
    for (const each of waiting) estimates.set(each.uniqueId, await estimate(each, source));
    await session.close();
  };
  await Promise.all(Array.from({ length: Math.min(threads, asked.length) }, work));
  return asked.flatMap(({ uniqueId }) => estimates.get(uniqueId) ?? []);
}

/** A compiled node. */
interface Asked {
  readonly uniqueId: string;
  readonly sql: string;
  readonly asOf: string | null;
}

/** Where estimates come from. */
interface Source {
  readonly manifest: Pick<Manifest, 'nodes'>;
  readonly session: Session;
  readonly dialect: Dialect;
}

async function estimate(asked: Asked, source: Source): Promise<Estimate> {
  const { uniqueId, sql } = asked;
  const nothing = { uniqueId, bytes: null, reason: null, omitted: null };
  const query = await tryTo(() => sumBytes([sql], source.session));
  if ('reason' in query) return { ...nothing, reason: query.reason };
  const node = source.manifest.nodes[uniqueId];
  if (node === undefined || !isScore(node)) return { ...nothing, bytes: query.told };
  const fit = await tryTo(() => estimateFit(node, asked, source));
  if ('reason' in fit) return { ...nothing, bytes: query.told, omitted: `its fit: ${fit.reason}` };
  return { ...nothing, bytes: query.told + fit.told.bytes, omitted: fit.told.omitted };
}

async function estimateFit(node: Node, asked: Asked, { manifest, session, dialect }: Source) {
  const steps = listReadings(describeRows(node, asked, manifest, dialect), dialect);
  let next = steps.next();
  while (next.done !== true) next = steps.next(await performStep(next.value, session));
  const { queries, omitted } = next.value;
  return { bytes: await sumBytes(queries, session), omitted };
}

async function sumBytes(queries: readonly string[], session: Session): Promise<number> {
  let bytes = 0;
  for (const sql of queries) bytes += (await session.estimateBytes?.(sql)) ?? 0;
  return bytes;
}

/** What is told, or why it is not: most often a table is not built yet. The other nodes can be told all the same. */
async function tryTo<T>(ask: () => Promise<T>): Promise<{ readonly told: T } | { readonly reason: string }> {
  try {
    return { told: await ask() };
  } catch (error) {
    const isTheirs = error instanceof StrataError && ['database-error', 'score-invalid'].includes(error.code);
    if (!isTheirs) throw error;
    return { reason: error.message.split('\n', 1)[0] ?? '' };
  }
}
