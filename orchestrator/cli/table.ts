import type { CellValue, ResultTable } from '../manifest/results.ts';

/** A table for a terminal: numbers to the right, null empty, long texts cut where a width is given. */
export function formatTable({ columns, rows }: ResultTable, maxCellWidth = Number.POSITIVE_INFINITY): string {
  const cells = rows.map((row) => row.map((value) => cut(formatCell(value), maxCellWidth)));
  const widths = columns.map(({ name }, at) => Math.max(name.length, ...cells.map((row) => widthOf(row[at] ?? '')), 1));
  const isNumeric = columns.map((_, at) =>
    rows.every((row) => row[at] === null || typeof row[at] === 'number' || typeof row[at] === 'bigint'),
  );
  const line = (values: readonly string[]): string =>
    `| ${widths.map((width, at) => align(values[at] ?? '', width, isNumeric[at] === true)).join(' | ')} |`;
  return [
    line(columns.map(({ name }) => name)),
    `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...cells.map(line),
  ].join('\n');
}

/** Rows as plain objects, with big integers as text where a number would lose digits. */
export function toRecords({ columns, rows }: ResultTable): readonly Readonly<Record<string, unknown>>[] {
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, at) => [name, toJsonValue(row[at] ?? null)])));
}

function toJsonValue(value: CellValue): unknown {
  if (typeof value !== 'bigint') return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

function formatCell(value: CellValue): string {
  return value === null ? '' : String(value).replaceAll('\n', '\\n');
}

function align(text: string, width: number, toRight: boolean): string {
  const padding = ' '.repeat(Math.max(0, width - widthOf(text)));
  return toRight ? padding + text : text + padding;
}

function cut(text: string, width: number): string {
  return widthOf(text) <= width ? text : `${[...text].slice(0, width - 1).join('')}…`;
}

/** Columns in a terminal, counting code points; wide scripts come out a little narrow, which does no harm. */
function widthOf(text: string): number {
  let width = 0;
  for (const _ of text) width += 1;
  return width;
}
