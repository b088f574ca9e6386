import { formatCount } from '../node-line.ts';
import type { Triangle, TriangleLine } from './demo-results.ts';

const entryTexts: Readonly<Record<string, string>> = {
  sign_up: 'month of sign-up',
  order: 'month of first order',
  key_action: 'month of first key action',
  subscription: 'month of first subscription',
};

/** The retention triangle as percentages, one line per cohort, month 0 first. */
export function formatTriangle({ entryEvent, lines }: Triangle): readonly [title: string, lines: readonly string[]] {
  const months = Math.max(...lines.map(({ retention }) => retention.length));
  const cohortWidth = Math.max('cohort'.length, ...lines.map(({ cohort }) => cohort.length));
  const sizeWidth = Math.max('size'.length, ...lines.map(({ size }) => formatCount(size).length));
  const start = (cohort: string, size: string): string => `${cohort.padEnd(cohortWidth)} ${size.padStart(sizeWidth)} `;
  const head = start('cohort', 'size') + Array.from({ length: months }, (_, at) => `m${at}`.padStart(5)).join('');
  const title = `Retention in %, by ${entryTexts[entryEvent] ?? entryEvent} and months since`;
  return [
    title,
    [head, ...lines.map((line) => `${start(line.cohort, formatCount(line.size))}${formatShares(line)}`.trimEnd())],
  ];
}

function formatShares({ retention }: TriangleLine): string {
  return retention.map((share) => (share === null ? '' : (share * 100).toFixed(0)).padStart(5)).join('');
}
