import type { Colors } from '../colors.ts';
import { formatCount } from '../node-line.ts';
import type { ChurnQuality, DemoResults, TableCount } from './demo-results.ts';
import { formatSegments } from './format-segments.ts';
import { formatTriangle } from './format-triangle.ts';

/** The text that ends `npm start`. */
export function formatDemoResults(results: DemoResults, colors: Colors): string {
  const { tables, triangle, segments, churn, database } = results;
  const sections: (readonly [title: string, lines: readonly string[]])[] = [];
  if (tables.length > 0) sections.push(['Tables', formatTables(tables)]);
  if (triangle !== null) sections.push(formatTriangle(triangle));
  if (segments.length > 0) sections.push(['Segments, by number of accounts', formatSegments(segments)]);
  if (churn !== null) sections.push(['Churn model', [formatChurn(churn)]]);
  if (database !== null)
    sections.push(['Where it is', [`${database.path} (${formatBytes(database.bytes)}), a DuckDB file`]]);
  sections.push(['Try next', nextSteps]);
  return sections
    .map(([title, lines]) => [colors.bold(title), ...lines.map((line) => `  ${line}`)].join('\n'))
    .join('\n\n');
}

const nextSteps: readonly string[] = [
  'npx strata show --select fct_segment_membership --limit 20   who is in which segment, and what to do',
  'npx strata ls --select +churn_scores                         what the churn scores are made from',
  'docs/your-data.md                                            the same from your own order file',
];

function formatTables(tables: readonly TableCount[]): readonly string[] {
  const nameWidth = Math.max(...tables.map(({ name }) => name.length));
  const counts = tables.map(({ rows }) => formatCount(rows));
  const countWidth = Math.max(...counts.map((count) => count.length));
  return tables.map(({ name }, at) => `${name.padEnd(nameWidth)}  ${(counts[at] ?? '').padStart(countWidth)} rows`);
}

function formatChurn({ auc, rows, plantedAuc }: ChurnQuality): string {
  const own = `AUC ${auc.toFixed(3)} on ${formatCount(rows)} later observations`;
  if (plantedAuc === null) return own;
  return `${own}; the probabilities planted in the data have ${plantedAuc.toFixed(3)}: no model does better but by chance`;
}

function formatBytes(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
