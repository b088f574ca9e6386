import { formatCount } from '../node-line.ts';
import type { SegmentSize } from './demo-results.ts';

const BAR_WIDTH = 20;

/** One line per segment with a bar, the largest first; overlays, where an account may be in several, after the others. */
export function formatSegments(segments: readonly SegmentSize[]): readonly string[] {
  const ordered = [...segments].sort(
    (a, b) => Number(a.layer === 'overlay') - Number(b.layer === 'overlay') || b.accounts - a.accounts,
  );
  const largest = Math.max(...segments.map(({ accounts }) => accounts), 1);
  const nameWidth = Math.max(...segments.map(({ name }) => name.length));
  const countWidth = Math.max(...segments.map(({ accounts }) => formatCount(accounts).length));
  return ordered.map(({ name, layer, accounts, objective }) => {
    const bar = '█'.repeat(Math.max(accounts > 0 ? 1 : 0, Math.round((accounts / largest) * BAR_WIDTH)));
    const note = layer === 'overlay' ? ' (overlay)' : '';
    return `${name.padEnd(nameWidth)}  ${formatCount(accounts).padStart(countWidth)}  ${bar.padEnd(BAR_WIDTH)}  ${objective}${note}`;
  });
}
