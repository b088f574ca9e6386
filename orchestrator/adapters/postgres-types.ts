import type { CustomTypesConfig, FieldDef } from 'pg';
import pg from 'pg';
import type { CellValue } from '../manifest/results.ts';
import { toSafeNumber } from './safe-number.ts';

type Parser = (text: string) => CellValue;

/** Object ids of built-in types as pg_type has them in every Postgres, with the names format_type gives. */
const builtIn: readonly (readonly [oid: number, array: number, name: string])[] = [
  [16, 1000, 'boolean'],
  [17, 1001, 'bytea'],
  [19, 1003, 'name'],
  [20, 1016, 'bigint'],
  [21, 1005, 'smallint'],
  [23, 1007, 'integer'],
  [25, 1009, 'text'],
  [26, 1028, 'oid'],
  [114, 199, 'json'],
  [700, 1021, 'real'],
  [701, 1022, 'double precision'],
  [1042, 1014, 'character'],
  [1043, 1015, 'character varying'],
  [1082, 1182, 'date'],
  [1083, 1183, 'time without time zone'],
  [1114, 1115, 'timestamp without time zone'],
  [1184, 1185, 'timestamp with time zone'],
  [1186, 1187, 'interval'],
  [1700, 1231, 'numeric'],
  [2950, 2951, 'uuid'],
  [3802, 3807, 'jsonb'],
];

const NUMERIC = 1700;
const lengthTypes: ReadonlySet<number> = new Set([1042, 1043]);
const names = new Map(builtIn.flatMap(([oid, array, name]) => [[oid, name] as const, [array, `${name}[]`] as const]));

const scalarParsers = new Map<number, Parser>([
  [16, (text) => text === 't'],
  [20, (text) => toSafeNumber(BigInt(text))],
  [21, Number],
  [23, Number],
  [26, Number],
  [700, Number],
  [701, Number],
]);

const parsers = new Map<number, Parser>([
  ...scalarParsers,
  ...builtIn.map(([, array]) => [array, toJsonList(array)] as const),
]);

/** Parsers for one client: integers, floats and booleans become values, arrays JSON text, the rest stays text. */
export const cellTypes: CustomTypesConfig = {
  getTypeParser: (oid: number) => parsers.get(oid) ?? keepText,
};

/** The name of a column's type, or null where only the server knows it. */
export function findTypeName(field: Pick<FieldDef, 'dataTypeID' | 'dataTypeModifier'>): string | null {
  const { dataTypeID: oid, dataTypeModifier: modifier } = field;
  const name = names.get(oid) ?? null;
  if (name === null || modifier < 0) return name;
  if (oid === NUMERIC) return `numeric(${((modifier - 4) >> 16) & 0xffff},${(modifier - 4) & 0x7ff})`;
  return lengthTypes.has(oid) ? `${name}(${modifier - 4})` : null;
}

function keepText(text: string): string {
  return text;
}

function toJsonList(array: number): Parser {
  const parse = pg.types.getTypeParser(array);
  return (text) => JSON.stringify(parse(text));
}
