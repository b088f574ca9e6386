import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { postgresDialect } from '../dialects/postgres.ts';
import type { Column, Relation } from '../manifest/relation.ts';
import type { CellValue } from '../manifest/results.ts';

/** Characters gathered before they are handed to the socket. */
const BLOCK_LENGTH = 64 * 1024;
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The statement that loads rows as text. */
export function renderCopyFrom(relation: Relation, columns: readonly Column[]): string {
  const names = columns.map(({ name }) => postgresDialect.quote(name)).join(', ');
  return `copy ${postgresDialect.renderRelation(relation)} (${names}) from stdin`;
}

/** Sends rows through an open COPY and answers how many the server took. */
export async function sendRows(client: Client, sql: string, rows: Iterable<readonly CellValue[]>): Promise<number> {
  const stream = client.query(copyFrom(sql));
  await pipeline(Readable.from(renderBlocks(rows)), stream);
  return stream.rowCount;
}

/**
 * Reads a query of numeric columns through binary COPY into one Float64Array per column; null becomes NaN. `types` are
 * the columns' own, since a boolean must become an integer first.
 */
export async function receiveNumbers(client: Client, sql: string, types: readonly string[]): Promise<Float64Array[]> {
  const names = types.map((_, index) => `c${index}`);
  const casts = names.map((name, index) => `${name}${types[index] === 'boolean' ? '::integer' : ''}::float8`);
  const query = `select ${casts.join(', ')} from (\n${sql}\n) as numbers (${names.join(', ')})`;
  const reader = new NumberReader(types.length);
  for await (const block of client.query(copyTo(`copy (${query}) to stdout (format binary)`))) reader.add(block);
  return reader.finish();
}

function* renderBlocks(rows: Iterable<readonly CellValue[]>): Generator<string> {
  let block = '';
  for (const row of rows) {
    block += `${row.map(renderCell).join('\t')}\n`;
    if (block.length >= BLOCK_LENGTH) {
      yield block;
      block = '';
    }
  }
  if (block !== '') yield block;
}

function renderCell(cell: CellValue): string {
  if (cell === null) return '\\N';
  return typeof cell === 'string' ? cell.replace(/[\\\n\r\t]/g, (found) => escapes[found] ?? found) : String(cell);
}

/** Reads COPY's binary format: a header of 19 bytes, then per row a count and per field a length and its bytes. */
class NumberReader {
  readonly #columns: number;
  #rest: Buffer = Buffer.alloc(0);
  #hasHeader = false;
  #values: Float64Array[];
  #rows = 0;

  constructor(columns: number) {
    this.#columns = columns;
    this.#values = Array.from({ length: columns }, () => new Float64Array(1024));
  }

  add(block: Buffer): void {
    const buffer = this.#rest.length === 0 ? block : Buffer.concat([this.#rest, block]);
    let offset = 0;
    if (!this.#hasHeader && buffer.length >= 19) {
      offset = 19 + buffer.readInt32BE(15);
      this.#hasHeader = true;
    }
    while (this.#hasHeader) {
      const end = this.#readRow(buffer, offset);
      if (end === offset) break;
      offset = end;
    }
    this.#rest = buffer.subarray(offset);
  }

  finish(): Float64Array[] {
    return this.#values.map((values) => values.slice(0, this.#rows));
  }

  /** The offset behind a row, or the same offset when it is not complete yet. */
  #readRow(buffer: Buffer, start: number): number {
    if (start + 2 > buffer.length || buffer.readInt16BE(start) < 0) return start;
    if (this.#rows === (this.#values[0]?.length ?? 0)) this.#grow();
    let offset = start + 2;
    for (let column = 0; column < this.#columns; column++) {
      if (offset + 4 > buffer.length) return start;
      const length = buffer.readInt32BE(offset);
      offset += 4;
      if (length >= 0 && offset + length > buffer.length) return start;
      const values = this.#values[column];
      if (values !== undefined) values[this.#rows] = length < 0 ? Number.NaN : buffer.readDoubleBE(offset);
      offset += Math.max(length, 0);
    }
    this.#rows++;
    return offset;
  }

  #grow(): void {
    this.#values = this.#values.map((values) => {
      const longer = new Float64Array(values.length * 2);
      longer.set(values);
      return longer;
    });
  }
}
