import type { CellValue, ResultTable } from '../../orchestrator/manifest/results.ts';

/** Relative difference up to which two floats count as the same. */
const TOLERANCE = 1e-9;
const LOOSE_TOLERANCE = 1e-6;
const MOST_SHOWN = 5;

/**
 * Differences between the tables of two warehouses that have other types and other spellings of names: numbers are
 * numbers whatever their type and scale, floats equal to a relative 1e-6, and case of names means nothing.
 */
export function compareAcross(
  left: ReadonlyMap<string, ResultTable>,
  right: ReadonlyMap<string, ResultTable>,
): Readonly<Record<string, readonly string[]>> {
  const [ours, theirs] = [left, right].map(loosenTables);
  return compareTables(ours ?? left, theirs ?? right, LOOSE_TOLERANCE);
}

function loosenTables(tables: ReadonlyMap<string, ResultTable>): ReadonlyMap<string, ResultTable> {
  return new Map([...tables].map(([name, table]) => [name, loosenTable(table)]));
}

function loosenTable({ columns, rows }: ResultTable): ResultTable {
  const kinds = columns.map(({ type }) =>
    /^(?:bigint|integer|numeric)/.test(familyOf(type)) ? 'exact' : familyOf(type),
  );
  return {
    columns: columns.map(({ name }, at) => ({ name: name.toLowerCase(), type: kinds[at] ?? '' })),
    rows: rows.map((row) => row.map((cell, at) => (kinds[at] === 'exact' && cell !== null ? trimZeros(cell) : cell))),
  };
}

/** The digits of an exact number without zeros at its end. */
function trimZeros(cell: CellValue): string {
  const text = String(cell);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** Differences between tables of the same names, by name; those that are the same are left out. */
export function compareTables(
  left: ReadonlyMap<string, ResultTable>,
  right: ReadonlyMap<string, ResultTable>,
  tolerance = TOLERANCE,
): Readonly<Record<string, readonly string[]>> {
  const nothing: ResultTable = { columns: [], rows: [] };
  const names = new Set([...left.keys(), ...right.keys()]);
  const compared = [...names].map(
    (name) => [name, findDifferences(left.get(name) ?? nothing, right.get(name) ?? nothing, tolerance)] as const,
  );
  return Object.fromEntries(compared.filter(([, differences]) => differences.length > 0));
}

/**
 * Differences between two tables as sentences, at most five of them: names and families of column types, then rows,
 * matched by everything in them but floats. Text and exact numbers must be equal, floats to a relative tolerance.
 */
function findDifferences(left: ResultTable, right: ResultTable, tolerance: number): readonly string[] {
  const [ours, theirs] = [left, right].map(describeColumns);
  const found = ours === theirs ? [] : [`columns: ${ours} / ${theirs}`];
  if (left.rows.length !== right.rows.length) return [...found, `rows: ${left.rows.length} / ${right.rows.length}`];
  const floats = left.columns.map(({ type }) => familyOf(type) === 'float');
  const sorted = [left, right].map(({ rows }) => sortRows(rows, floats));
  for (const [at, row] of (sorted[0] ?? []).entries()) {
    const other = sorted[1]?.[at] ?? [];
    if (isSameRow(row, other, { floats, tolerance })) continue;
    found.push(`${JSON.stringify(row)} / ${JSON.stringify(other)}`);
    if (found.length === MOST_SHOWN) break;
  }
  return found;
}

function describeColumns({ columns }: ResultTable): string {
  return columns.map(({ name, type }) => `${name} ${familyOf(type)}`).join(', ');
}

const families: readonly (readonly [RegExp, string])[] = [
  [/^(?:varchar|text|character varying|string)/, 'text'],
  [/^(?:bigint|int8|int64)/, 'bigint'],
  [/^(?:integer|int4)/, 'integer'],
  [/^(?:double|float)/, 'float'],
  [/^(?:decimal|numeric|number)/, 'decimal'],
  [/^bool/, 'boolean'],
  [/^(?:timestamp|datetime)/, 'timestamp'],
  [/^date/, 'date'],
];

/** What a type means, whichever name a warehouse has for it. */
function familyOf(type: string): string {
  const name = type.toLowerCase();
  const family = families.find(([pattern]) => pattern.test(name))?.[1] ?? name;
  return family === 'decimal' ? name.replace(/^(?:decimal|number)\b/, 'numeric') : family;
}

type Row = readonly CellValue[];

function sortRows(rows: readonly Row[], floats: readonly boolean[]): readonly Row[] {
  const keyed = rows.map((row) => ({ row, key: JSON.stringify(row.filter((_, at) => !floats[at])) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : compareFloats(a.row, b.row, floats)));
  return keyed.map(({ row }) => row);
}

function compareFloats(a: Row, b: Row, floats: readonly boolean[]): number {
  const at = a.findIndex((cell, index) => floats[index] && cell !== b[index]);
  return at < 0 ? 0 : Number(a[at]) - Number(b[at]);
}

function isSameRow(a: Row, b: Row, how: { floats: readonly boolean[]; tolerance: number }): boolean {
  return a.every((cell, at) => (how.floats[at] ? isSameFloat(cell, b[at], how.tolerance) : cell === b[at]));
}

function isSameFloat(a: CellValue, b: CellValue | undefined, tolerance: number): boolean {
  if (a === null || b === null || b === undefined) return a === b;
  const [x, y] = [Number(a), Number(b)];
  return Object.is(x, y) || Math.abs(x - y) <= tolerance * Math.max(Math.abs(x), Math.abs(y));
}
