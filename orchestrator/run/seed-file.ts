import { parse } from 'csv-parse/sync';
import { StrataError } from '../errors.ts';

/** A CSV file's content as text: header and rows of the same length. */
export interface SeedFile {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** 1-based line a row begins at; a quoted value may span several lines. */
  readonly lineOf: (row: number) => number;
}

export interface SeedFormat {
  /** Relative to the project, for messages. */
  readonly file: string;
  readonly delimiter: string;
}

/** Reads a CSV text. Throws `seed-invalid` with the line and column of the first row that cannot be read. */
export function readSeedFile(text: string, format: SeedFormat): SeedFile {
  const records = parseRecords(text, format);
  const [header, ...rows] = records;
  if (header === undefined)
    throw invalidSeed(format.file, 'the file is empty', { line: 1 }, 'Write a header line with the column names.');
  const lineOf = (row: number): number => findLine(text, format, row + 1);
  const names = nameColumns(header, format.file);
  for (const [at, row] of rows.entries()) {
    if (row.length !== names.length) throw wrongLength(format.file, lineOf(at), row, names);
  }
  return { header: names, rows, lineOf };
}

/** A `seed-invalid` error at a line and column of a seed file. */
export function invalidSeed(
  file: string,
  problem: string,
  place: { readonly line?: number; readonly column?: number },
  hint?: string,
): StrataError {
  return new StrataError('seed-invalid', `Seed cannot be loaded: ${problem}.`, { file, ...place }, { hint });
}

function parseRecords(text: string, { file, delimiter }: SeedFormat): string[][] {
  if (!text.includes('"') && text.includes('\n')) return splitRecords(text, delimiter);
  try {
    return parse(text, csvOptions(delimiter));
  } catch (error) {
    throw syntaxError(file, error, text, delimiter);
  }
}

/** Without quotes a line is a row; most seeds are such, and are read four times as fast. */
function splitRecords(text: string, delimiter: string): string[][] {
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const records: string[][] = [];
  for (const line of body.split('\n')) {
    const row = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (row !== '') records.push(row.split(delimiter));
  }
  return records;
}

/** Rows of any length are let through: the check that follows says which column is too many. */
function csvOptions(delimiter: string) {
  return { bom: true, delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: true } as const;
}

/** The row after the last one that could be read begins with the mistake. */
function findBrokenLine(text: string, delimiter: string, error: unknown): number {
  const complete = Number(errorField(error, 'records') ?? 0);
  let line = 0;
  if (complete === 0) return 1;
  parse(text, {
    ...csvOptions(delimiter),
    to: complete,
    on_record: (_: string[], { lines }: { readonly lines: number }) => {
      line = lines;
      return null;
    },
  });
  return line + 1;
}

function syntaxError(file: string, error: unknown, text: string, delimiter: string): StrataError {
  const code = errorField(error, 'code');
  const line = Number(errorField(error, 'lines') ?? 1);
  const column = Number(errorField(error, 'column') ?? 0) + 1;
  const place = Number.isFinite(column) ? { line, column } : { line };
  if (code === 'CSV_QUOTE_NOT_CLOSED') {
    return invalidSeed(
      file,
      'a quote is opened and never closed',
      { line: findBrokenLine(text, delimiter, error) },
      'Close the quote, or double the quotes inside a value.',
    );
  }
  if (code === 'CSV_INVALID_CLOSING_QUOTE') {
    return invalidSeed(file, 'text follows a closing quote', place, 'Double the quotes inside a quoted value.');
  }
  return invalidSeed(file, error instanceof Error ? error.message : String(error), place);
}

function errorField(error: unknown, field: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, field) : undefined;
}

function wrongLength(file: string, line: number, row: readonly string[], names: readonly string[]): StrataError {
  const problem = `the row has ${row.length} ${row.length === 1 ? 'value' : 'values'} and the header ${names.length}`;
  return invalidSeed(
    file,
    problem,
    { line, column: Math.min(row.length, names.length) + 1 },
    'Quote values that hold the delimiter, and write empty values between delimiters.',
  );
}

/** Names of the columns: an empty one gets a letter, as dbt's reader does; the same name twice is an error. */
function nameColumns(header: readonly string[], file: string): readonly string[] {
  const names = header.map((name, at) => (name.trim() === '' ? letterName(at) : name.trim()));
  const seen = new Map<string, number>();
  for (const [at, name] of names.entries()) {
    const first = seen.get(name.toLowerCase());
    if (first !== undefined) {
      throw invalidSeed(
        file,
        `columns ${first + 1} and ${at + 1} are both called "${name}"`,
        { line: 1, column: at + 1 },
        'Rename one of them.',
      );
    }
    seen.set(name.toLowerCase(), at);
  }
  return names;
}

function letterName(at: number): string {
  return 'abcdefghijklmnopqrstuvwxyz'.charAt(at % 26).repeat(Math.floor(at / 26) + 1);
}

/** Reading a second time with positions is slow, but only an error needs a line. */
function findLine(text: string, { delimiter }: SeedFormat, record: number): number {
  let before = 0;
  let line = 1;
  const stop = record + 1;
  parse(text, {
    ...csvOptions(delimiter),
    to: stop,
    on_record: (row: string[], { lines }: { readonly lines: number }) => {
      line = lines - row.join('').split('\n').length + 1;
      before += 1;
      return null;
    },
  });
  return before === 0 ? 1 : line;
}
