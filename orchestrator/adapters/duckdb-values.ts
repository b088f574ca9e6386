import {
  DuckDBArrayValue,
  DuckDBBlobValue,
  type DuckDBDataChunk,
  DuckDBIntervalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBType,
  DuckDBTypeId,
  DuckDBUnionValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { Json } from '../manifest/json.ts';
import type { CellValue } from '../manifest/results.ts';
import { toSafeNumber } from './safe-number.ts';

/** The rows of a chunk, every value in the form that Postgres's adapter gives too. */
export function readChunk(chunk: DuckDBDataChunk, types: readonly DuckDBType[]): CellValue[][] {
  const columns = types.map((type, index) => {
    const toCell = type.typeId === DuckDBTypeId.FLOAT ? toSinglePrecision : toCellValue;
    return chunk.getColumnValues(index).map(toCell);
  });
  return Array.from({ length: chunk.rowCount }, (_, row) => columns.map((column) => column[row] ?? null));
}

/** One DuckDB value as a cell. Lists, structs and maps become JSON text. */
export function toCellValue(value: DuckDBValue): CellValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return toSafeNumber(value);
  if (typeof value !== 'object') return value;
  if (value instanceof DuckDBTimestampTZValue) return `${new DuckDBTimestampValue(value.micros).toString()}+00`;
  if (value instanceof DuckDBIntervalValue) return value.toString().replace(/\bmonth(s?)\b/, 'mon$1');
  if (value instanceof DuckDBBlobValue) return `\\x${Buffer.from(value.bytes).toString('hex')}`;
  return isNested(value) ? JSON.stringify(toJson(value)) : String(value);
}

type NestedValue = DuckDBListValue | DuckDBArrayValue | DuckDBStructValue | DuckDBMapValue | DuckDBUnionValue;

function isNested(value: DuckDBValue): value is NestedValue {
  return (
    value instanceof DuckDBListValue ||
    value instanceof DuckDBArrayValue ||
    value instanceof DuckDBStructValue ||
    value instanceof DuckDBMapValue ||
    value instanceof DuckDBUnionValue
  );
}

function toJson(value: DuckDBValue): Json {
  if (!isNested(value)) {
    const cell = toCellValue(value);
    return typeof cell === 'bigint' ? String(cell) : cell;
  }
  if (value instanceof DuckDBStructValue) {
    return Object.fromEntries(Object.entries(value.entries).map(([name, entry]) => [name, toJson(entry)]));
  }
  if (value instanceof DuckDBMapValue) {
    return Object.fromEntries(value.entries.map(({ key, value: entry }) => [String(toCellValue(key)), toJson(entry)]));
  }
  return value instanceof DuckDBUnionValue ? toJson(value.value) : value.items.map(toJson);
}

/** The shortest decimal that names the same single precision number: 0.1, not 0.10000000149011612. */
function toSinglePrecision(value: DuckDBValue): CellValue {
  if (typeof value !== 'number' || !Number.isFinite(value)) return toCellValue(value);
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(9));
}
