import type { Dialect } from '../dialects/dialect.ts';
import { StrataError } from '../errors.ts';
import { isMapping } from '../manifest/json.ts';
import type { Node } from '../manifest/node.ts';
import type { Column } from '../manifest/relation.ts';
import type { CellValue } from '../manifest/results.ts';
import { placeOf, readFlag } from '../materialize/config.ts';
import { invalidSeed, readSeedFile, type SeedFile } from './seed-file.ts';
import { inferSeedType, isSeedNull, readSeedValue, type SeedType } from './seed-types.ts';

/** A seed ready to be loaded: its columns in the warehouse's types, and its rows. */
export interface SeedData {
  readonly columns: readonly Column[];
  readonly rows: Iterable<readonly CellValue[]>;
}

/** Reads a seed's text, infers its types and checks every value before anything is loaded. */
export function prepareSeed(node: Node, text: string, dialect: Dialect): SeedData {
  const file = node.original_file_path;
  const delimiter = readDelimiter(node);
  const seed = readSeedFile(text, { file, delimiter });
  checkDelimiter(seed, file);
  const columns = planColumns(node, seed, dialect);
  const rows = seed.rows.map((row, at) =>
    columns.map((column, index) => readCell({ seed, file, column, index }, row[index] ?? '', at)),
  );
  return { columns: columns.map(({ name, type }) => ({ name, type })), rows };
}

/** One column named `id;name` is a file of another delimiter: a spreadsheet in much of Europe writes those. */
function checkDelimiter({ header }: SeedFile, file: string): void {
  const [name = ''] = header;
  const found = header.length === 1 ? /[;\t|]/.exec(name)?.[0] : undefined;
  if (found === undefined) return;
  const hint = `Set delimiter: ${JSON.stringify(found)} in the config of the seed.`;
  throw invalidSeed(file, `its only column is "${name}"`, { line: 1 }, hint);
}

interface PlannedColumn extends Column {
  /** How values are read; null for a type of the user's own, whose text the warehouse reads. */
  readonly read: SeedType | null;
}

function planColumns(node: Node, seed: SeedFile, dialect: Dialect): readonly PlannedColumn[] {
  const overrides = readColumnTypes(node);
  const quoted = readQuoting(node, dialect);
  return seed.header.map((header, index) => {
    const name = quoted(header) ? header : dialect.columnName(header.toLowerCase());
    const type = overrides.get(header.toLowerCase());
    if (type !== undefined) return { name, type, read: logicalType(type, dialect) };
    const read = inferSeedType(columnValues(seed, index));
    return { name, type: dialect.typeName(read), read };
  });
}

function* columnValues(seed: SeedFile, index: number): Generator<string> {
  for (const row of seed.rows) yield row[index] ?? '';
}

/** The reader for a type the user wrote, where it is one of those every warehouse has. */
function logicalType(type: string, dialect: Dialect): SeedType | null {
  const known: readonly SeedType[] = ['string', 'integer', 'bigint', 'float', 'date', 'timestamp', 'boolean'];
  return known.find((candidate) => dialect.isSameType(dialect.typeName(candidate), type)) ?? null;
}

interface CellPlace {
  readonly seed: SeedFile;
  readonly file: string;
  readonly column: PlannedColumn;
  readonly index: number;
}

function readCell({ seed, file, column, index }: CellPlace, text: string, row: number): CellValue {
  if (column.read === null) return isSeedNull(text) ? null : text;
  const value = readSeedValue(text, column.read);
  if (value !== undefined) return value;
  const problem = `column "${column.name}" is ${column.type} and cannot hold "${text}"`;
  throw invalidSeed(
    file,
    problem,
    { line: seed.lineOf(row), column: index + 1 },
    'Correct the value or the column_types of the seed.',
  );
}

function readColumnTypes(node: Node): ReadonlyMap<string, string> {
  const value = node.config['column_types'] ?? {};
  if (!isMapping(value)) throw invalidConfig(node, 'column_types must map columns to types');
  const types = new Map<string, string>();
  for (const [name, type] of Object.entries(value)) types.set(name.toLowerCase(), String(type));
  return types;
}

/** `quote_columns`: yes, no, or the columns that keep their case; where nothing is said, as relations are quoted. */
function readQuoting(node: Node, { quotesNames }: Dialect): (name: string) => boolean {
  const value = node.config['quote_columns'];
  if (Array.isArray(value)) return (name) => value.includes(name);
  const all = readFlag(node, 'quote_columns', quotesNames);
  return () => all;
}

function readDelimiter(node: Node): string {
  const value = node.config['delimiter'] ?? ',';
  if (typeof value !== 'string' || value.length === 0) throw invalidConfig(node, 'delimiter must be a text');
  return value === '\\t' ? '\t' : value;
}

function invalidConfig(node: Node, rule: string): StrataError {
  return new StrataError('config-invalid', `${node.name}: config ${rule}.`, placeOf(node));
}
