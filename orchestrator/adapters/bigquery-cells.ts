import type { CellValue } from '../manifest/results.ts';

type NonNullCell = Exclude<CellValue, null>;

/** A cell of a type as JSON text. Throws an Error naming the value where it does not fit. */
export type CellWriter = (cell: NonNullCell) => string;

const writers: ReadonlyMap<string, CellWriter> = new Map<string, CellWriter>([
  ['BOOL', writeBoolean],
  ['INT64', writeInteger],
  ['FLOAT64', writeFloat],
  ['NUMERIC', writeDecimal],
  ['BIGNUMERIC', writeDecimal],
  ['DATE', writeDate],
  ['DATETIME', (cell) => writeInstant(cell, false)],
  ['TIMESTAMP', (cell) => writeInstant(cell, true)],
  ['BYTES', writeBytes],
  ['JSON', writeJson],
]);

/** The writer for a type as INFORMATION_SCHEMA names it, without length or precision; text for all it does not know. */
export function findCellWriter(type: string): CellWriter {
  return writers.get(type) ?? ((cell) => JSON.stringify(String(cell)));
}

function writeBoolean(cell: NonNullCell): string {
  const text = String(cell).trim().toLowerCase();
  if (['true', 't', 'yes', 'y', 'on', '1'].includes(text)) return 'true';
  if (['false', 'f', 'no', 'n', 'off', '0'].includes(text)) return 'false';
  throw new Error(`"${cell}" is not a boolean`);
}

/** As text, which holds all 64 bits. */
function writeInteger(cell: NonNullCell): string {
  const text = String(cell).trim();
  if (!/^[+-]?\d+$/.test(text)) throw new Error(`"${cell}" is not an integer`);
  return `"${text.replace(/^\+/, '')}"`;
}

function writeFloat(cell: NonNullCell): string {
  const text = String(cell).trim();
  const special = /^([+-]?)(inf|infinity|nan)$/i.exec(text);
  if (special !== null) return special[2]?.toLowerCase() === 'nan' ? '"NaN"' : `"${special[1]}Infinity"`;
  const value = text === '' ? Number.NaN : Number(text);
  if (Number.isNaN(value)) throw new Error(`"${cell}" is not a number`);
  return Number.isFinite(value) ? String(value) : `"${value}"`;
}

function writeDecimal(cell: NonNullCell): string {
  const text = String(cell).trim();
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(text)) throw new Error(`"${cell}" is not a decimal number`);
  return `"${text}"`;
}

function writeDate(cell: NonNullCell): string {
  const date = readDate(String(cell).trim());
  if (date === null) throw new Error(`"${cell}" is not a date (YYYY-MM-DD)`);
  return `"${date}"`;
}

const instantPattern =
  /^(\d{4}-\d{1,2}-\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/** In UTC; digits beyond the microsecond are dropped, since BigQuery refuses them. */
function writeInstant(cell: NonNullCell, hasZone: boolean): string {
  const match = instantPattern.exec(String(cell).trim());
  const date = match === null ? null : readDate(match[1] ?? '');
  const [hour = '0', minute = '0', second = '0'] = match?.slice(2, 5).map((part) => part ?? '0') ?? [];
  if (match === null || date === null || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
    throw new Error(`"${cell}" is not a timestamp (YYYY-MM-DD HH:MM:SS)`);
  }
  const millis = Date.parse(`${date}T00:00:00Z`) + (Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * 1000;
  const instant = new Date(millis - readOffset(match[6] ?? '')).toISOString().slice(0, 19);
  return `"${instant}${match[5]?.slice(0, 7) ?? ''}${hasZone ? 'Z' : ''}"`;
}

/** Milliseconds east of UTC. */
function readOffset(zone: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (match === null) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 3600 + Number(match[3] ?? '0') * 60) * 1000;
}

/** The day with its zeros, or null where the calendar has no such day. */
function readDate(text: string): string | null {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (match === null) return null;
  const day = new Date(`${match[1]}-${match[2]?.padStart(2, '0')}-${match[3]?.padStart(2, '0')}T00:00:00Z`);
  const isReal = !Number.isNaN(day.getTime()) && day.getUTCDate() === Number(match[3]);
  return isReal ? day.toISOString().slice(0, 10) : null;
}

/** Hexadecimal digits behind `\x`, as cells of bytes are read; any other text is its own bytes. */
function writeBytes(cell: NonNullCell): string {
  const text = String(cell);
  const bytes = /^\\x([0-9a-f]{2})*$/i.test(text) ? Buffer.from(text.slice(2), 'hex') : Buffer.from(text, 'utf8');
  return `"${bytes.toString('base64')}"`;
}

/** The document as it is written: read and written again, its long numbers would lose digits. */
function writeJson(cell: NonNullCell): string {
  if (typeof cell !== 'string') return String(cell);
  try {
    JSON.parse(cell);
  } catch {
    throw new Error(`"${cell}" is not JSON`);
  }
  return cell.replace(/[\r\n]+/g, ' ');
}
