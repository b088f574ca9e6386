import { type DuckDBConnection, DuckDBDoubleVector } from '@duckdb/node-api';

/**
 * Streams a query of numeric columns into one Float64Array per column; null becomes NaN. Blocks are joined column by
 * column, so the peak is the result plus one column of it.
 */
export async function readDoubles(connection: DuckDBConnection, sql: string): Promise<Float64Array[]> {
  const result = await connection.stream(`select columns(*)::double from (\n${sql}\n) as numbers`);
  const columns: Float64Array[][] = result.columnNames().map(() => []);
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    for (const [index, blocks] of columns.entries()) {
      const vector = chunk.getColumnVector(index);
      if (!(vector instanceof DuckDBDoubleVector)) throw new Error(`column ${index + 1} is not numeric`);
      blocks.push(copyVector(vector));
    }
  }
  return columns.map(joinBlocks);
}

function copyVector(vector: DuckDBDoubleVector): Float64Array {
  const values = new Float64Array(vector.itemCount);
  for (let row = 0; row < values.length; row++) values[row] = vector.getItem(row) ?? Number.NaN;
  return values;
}

function joinBlocks(blocks: Float64Array[]): Float64Array {
  const joined = new Float64Array(blocks.reduce((length, block) => length + block.length, 0));
  let offset = 0;
  for (const block of blocks) {
    joined.set(block, offset);
    offset += block.length;
  }
  blocks.length = 0;
  return joined;
}
