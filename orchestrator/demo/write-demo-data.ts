import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { StrataError } from '../errors.ts';
import { type DemoDataOptions, generateDemoData } from './generate-demo-data.ts';
import { forEachTable, type PerTable, type RawTable, type RawTableName, rawTables } from './tables.ts';

const CHUNK_CHARACTERS = 1 << 20;

/** What to make, and where to put it. */
export interface WriteDemoDataOptions extends DemoDataOptions {
  /** The folder; it is made if it is not there, and files of the same names are replaced. */
  readonly out: string;
  readonly format?: 'csv' | undefined;
}

/** How much was written. */
export interface WrittenDemoData {
  readonly accounts: number;
  /** Rows per raw table. */
  readonly rows: PerTable<number>;
  /** The files, relative to the folder. */
  readonly files: readonly string[];
}

interface OpenFile {
  readonly name: string;
  readonly descriptor: number;
  pending: string;
}

/**
 * Writes `<out>/<source>/<table>.csv` for every raw table and `<out>/truth.json`. Nothing takes its final name before
 * all is written, so a full disk leaves the files of before. Throws `usage` for wrong options, an unusable folder, or
 * one that has files of these names from somewhere else.
 */
export function writeDemoData(options: WriteDemoDataOptions): WrittenDemoData {
  refuseForeignFiles(options.out);
  const data = generateDemoData(options);
  let step = data.next();
  const files = openFiles(options.out);
  try {
    while (!step.done) {
      for (const { name } of rawTables) append(files[name], step.value[name]);
      step = data.next();
    }
    append(files.truth, step.value.truth);
  } catch (error) {
    discard(options.out, files);
    throw explainFailure(options.out, error);
  }
  publish(options.out, files);
  const { accounts, counts } = step.value;
  return { accounts, rows: counts.rows, files: Object.values(files).map((file) => file.name) };
}

const TRUTH_FILE = 'truth.json';

/** The truth file tells demo data from somebody's own; a run that died while publishing leaves it under its other name. */
function refuseForeignFiles(out: string): void {
  if (existsSync(join(out, TRUTH_FILE)) || existsSync(partialPath(out, TRUTH_FILE))) return;
  const foreign = rawTables.map(describeFile).find((name) => existsSync(join(out, name)));
  if (foreign === undefined) return;
  const hint = 'Name another folder with --out, or move the file away.';
  throw new StrataError(
    'usage',
    `${foreign} in the output folder is no demo data and would be replaced.`,
    {},
    { hint },
  );
}

function describeFile({ source, name }: RawTable): string {
  return `${source}/${name}.csv`;
}

type Files = Record<RawTableName | 'truth', OpenFile>;

function openFiles(out: string): Files {
  const opened: OpenFile[] = [];
  const open = (name: string, header: string): OpenFile => {
    const file = { name, descriptor: openSync(partialPath(out, name), 'w'), pending: header };
    opened.push(file);
    return file;
  };
  try {
    for (const { source } of rawTables) mkdirSync(join(out, source), { recursive: true });
    const tables = forEachTable((table) => open(describeFile(table), `${table.columns.join(',')}\n`));
    return { ...tables, truth: open(TRUTH_FILE, '') };
  } catch (error) {
    discard(out, opened);
    throw explainFailure(out, error);
  }
}

function append(file: OpenFile, text: string): void {
  file.pending += text;
  if (file.pending.length >= CHUNK_CHARACTERS) flush(file);
}

/** All text is ASCII, so a character is a byte and the plain encoding the fastest. */
function flush(file: OpenFile): void {
  const bytes = Buffer.from(file.pending, 'latin1');
  for (let written = 0; written < bytes.length; ) written += writeSync(file.descriptor, bytes, written);
  file.pending = '';
}

function publish(out: string, files: Files): void {
  const all = Object.values(files);
  try {
    for (const file of all) flush(file);
  } catch (error) {
    discard(out, all);
    throw explainFailure(out, error);
  }
  for (const { name, descriptor } of all) {
    closeSync(descriptor);
    renameSync(partialPath(out, name), join(out, name));
  }
}

function discard(out: string, files: Files | readonly OpenFile[]): void {
  for (const { name, descriptor } of Object.values<OpenFile>(files)) {
    closeSync(descriptor);
    rmSync(partialPath(out, name), { force: true });
  }
}

function partialPath(out: string, name: string): string {
  return join(out, `${name}.partial`);
}

function explainFailure(out: string, cause: unknown): unknown {
  if (!(cause instanceof Error) || !('code' in cause) || !('syscall' in cause)) return cause;
  const hint = 'Name a folder with --out that can be written to and has room.';
  return new StrataError('usage', `Demo data cannot be written to ${out}: ${cause.message}.`, {}, { hint, cause });
}
