import type { Manifest } from '../../manifest/manifest.ts';
import { countOf, describeNode, formatBytes } from '../node-line.ts';
import type { Estimate } from './estimate-costs.ts';

/** One line per node, the largest first, and the total. */
export function formatEstimates(estimates: readonly Estimate[], { nodes }: Pick<Manifest, 'nodes'>): string {
  const sorted = estimates.toSorted((a, b) => (b.bytes ?? -1) - (a.bytes ?? -1));
  const figures = sorted.map(({ bytes }) => (bytes === null ? 'unknown' : formatBytes(bytes)));
  const width = Math.max(0, ...figures.map((figure) => figure.length));
  const lines = sorted.map(({ uniqueId, reason, omitted }, at) => {
    const node = nodes[uniqueId];
    const name = node === undefined ? uniqueId : describeNode(node);
    const rest = `${reason === null ? '' : `: ${reason}`}${omitted === null ? '' : `, without ${omitted}`}`;
    return `${(figures[at] ?? '').padStart(width)}  ${name}${rest}`;
  });
  return [...lines, describeTotal(estimates)].join('\n');
}

function describeTotal(estimates: readonly Estimate[]): string {
  const unknown = estimates.filter(({ bytes }) => bytes === null).length;
  const rest = [
    ...(unknown === 0 ? [] : [`, and what ${countOf(unknown, 'node')} would read, which cannot be told yet`]),
    ...(estimates.some(({ omitted }) => omitted !== null) ? [', and what is left out above'] : []),
  ];
  return `${formatBytes(sumEstimates(estimates))} in total${rest.join('')}`;
}

/** Bytes of all nodes whose figure is known. */
export function sumEstimates(estimates: readonly Estimate[]): number {
  return estimates.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
}
