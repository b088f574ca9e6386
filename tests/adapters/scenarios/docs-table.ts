import { readFileSync, writeFileSync } from 'node:fs';
import { themes } from './themes.ts';

const page = new URL('../../../docs/warehouses.md', import.meta.url);
const [start, end] = ['<!-- scenarios:start -->', '<!-- scenarios:end -->'];
const titles = ['DuckDB', 'Postgres', 'BigQuery', 'Snowflake'];

/** What ran on one warehouse: its column of the table in docs/warehouses.md. */
export interface Column {
  readonly title: string;
  /** What the scenarios ran on, and who else read the SQL. */
  readonly verifiedBy: string;
  /** Scenarios that were shown. */
  readonly shown: ReadonlySet<string>;
  /** Those that cannot be, each with the reason. */
  readonly unsupported: Readonly<Record<string, string>>;
}

/** The column of a warehouse as the page has it; undefined where it has none. */
export function readColumn(title: string): Column | undefined {
  return readColumns().find((column) => column.title === title);
}

/** Puts a column into the page. */
export function writeColumn(column: Column): void {
  const others = readColumns().filter(({ title }) => title !== column.title);
  const columns = [...others, column].sort((a, b) => titles.indexOf(a.title) - titles.indexOf(b.title));
  const text = readFileSync(page, 'utf8');
  const [before, after] = [text.slice(0, text.indexOf(start)), text.slice(text.indexOf(end))];
  writeFileSync(page, `${before}${start}\n\n${renderTable(columns)}\n${renderReasons(columns)}\n${after}`);
}

function renderTable(columns: readonly Column[]): string {
  const heads = columns.map(({ title, verifiedBy }) => `${title}<br>${verifiedBy}`);
  const rows = themes.flatMap(({ title, scenarios }) => [
    [`**${title}**`, ...columns.map(() => '')],
    ...scenarios.map(({ name }) => [name, ...columns.map(({ shown }) => (shown.has(name) ? 'yes' : 'no'))]),
  ]);
  return [['', ...heads], ['', ...heads].map(() => '---'), ...rows].map(renderRow).join('');
}

function renderRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

/** Scenarios that a warehouse lacks for one reason stand together. */
function renderReasons(columns: readonly Column[]): string {
  const lines = columns.flatMap(({ title, unsupported }) =>
    Object.entries(unsupported).map(([name, reason]) => `- ${title}, *${name}*: ${reason}.\n`),
  );
  return `Why not:\n\n${lines.join('')}`;
}

function readColumns(): readonly Column[] {
  const text = readFileSync(page, 'utf8');
  const lines = text.slice(text.indexOf(start), text.indexOf(end)).split('\n');
  const [heads = [], , ...rows] = lines.filter((line) => line.startsWith('| ')).map(readRow);
  return heads.slice(1).map((head, at) => {
    const [title = '', verifiedBy = ''] = head.split('<br>');
    const shown = rows.filter((cells) => cells[at + 1] === 'yes').map(([name = '']) => name);
    return { title, verifiedBy, shown: new Set(shown), unsupported: readReasons(title, lines) };
  });
}

function readRow(line: string): readonly string[] {
  return line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());
}

function readReasons(title: string, lines: readonly string[]): Readonly<Record<string, string>> {
  const found = lines.map((line) => /^- ([^,]+), \*(.+?)\*: (.*)\.$/.exec(line));
  return Object.fromEntries(
    found.flatMap((match) => (match?.[1] === title ? [[match[2] ?? '', match[3] ?? ''] as const] : [])),
  );
}
