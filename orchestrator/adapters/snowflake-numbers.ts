import type { CellValue } from '../manifest/results.ts';

const BLOCK_ROWS = 65_536;

/** Numeric columns read row by row, without knowing how many rows there will be. */
export class NumberColumns {
  readonly #full: Float64Array[][];
  #blocks: Float64Array[];
  #rows = 0;

  constructor(columns: number) {
    this.#full = Array.from({ length: columns }, () => []);
    this.#blocks = newBlocks(columns);
  }

  /** Adds a row; null becomes NaN, true 1. */
  add(row: readonly CellValue[]): void {
    if (this.#rows === BLOCK_ROWS) this.#seal();
    for (const [index, block] of this.#blocks.entries()) {
      const cell = row[index];
      block[this.#rows] = cell === null || cell === undefined ? Number.NaN : Number(cell);
    }
    this.#rows++;
  }

  /** The columns, one array each. */
  finish(): Float64Array[] {
    return this.#full.map((blocks, index) => {
      const last = this.#blocks[index]?.subarray(0, this.#rows) ?? new Float64Array(0);
      return join([...blocks, last]);
    });
  }

  #seal(): void {
    for (const [index, block] of this.#blocks.entries()) this.#full[index]?.push(block);
    this.#blocks = newBlocks(this.#blocks.length);
    this.#rows = 0;
  }
}

function newBlocks(columns: number): Float64Array[] {
  return Array.from({ length: columns }, () => new Float64Array(BLOCK_ROWS));
}

function join(blocks: readonly Float64Array[]): Float64Array {
  const joined = new Float64Array(blocks.reduce((total, { length }) => total + length, 0));
  let offset = 0;
  for (const block of blocks) {
    joined.set(block, offset);
    offset += block.length;
  }
  return joined;
}
