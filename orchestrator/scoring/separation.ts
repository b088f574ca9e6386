import type { LabelledRows } from './classifier.ts';
import { computeColumnPsi } from './drift.ts';
import { spreadRows } from './spread.ts';
import type { InputColumn } from './transform.ts';

/** Rows looked at at most. */
const rowLimit = 200_000;

/**
 * How far apart each feature alone keeps the two classes: the stability index of the rows where the event happened
 * against the rest. Features without a finite one are left out.
 */
export function computeSeparation({ columns, labels }: LabelledRows): Readonly<Record<string, number>> {
  const [rest, happened]: [number[], number[]] = [[], []];
  for (const row of spreadRows(labels.length, rowLimit)) (labels[row] === 1 ? happened : rest).push(row);
  const indexes = columns.map((column) => {
    const psi = computeColumnPsi(pickRows(column, rest), pickRows(column, happened));
    return [column.name, psi] as const;
  });
  return Object.fromEntries(indexes.filter(([, psi]) => Number.isFinite(psi)));
}

function pickRows<Column extends InputColumn>(column: Column, rows: readonly number[]): Column {
  return { ...column, values: Float64Array.from(rows, (row) => column.values[row] as number) };
}
