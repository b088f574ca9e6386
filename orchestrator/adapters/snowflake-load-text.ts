import { snowflakeDialect } from '../dialects/snowflake.ts';
import type { Column, Relation } from '../manifest/relation.ts';
import type { CellValue } from '../manifest/results.ts';

/** What the files are: a field without quotes and without text is null, one of quotes alone is an empty text. */
const fileFormat = [
  'type = csv',
  'compression = gzip',
  "field_delimiter = ','",
  `field_optionally_enclosed_by = '"'`,
  'escape_unenclosed_field = none',
  'empty_field_as_null = true',
  'null_if = ()',
].join(' ');

/** Types whose texts must be parsed: a plain load would keep JSON as one long string. */
const jsonType = /^(?:variant|object|array|json)\b/i;

/** Rows as CSV. Every line ends with a field of ours, since a line without any text would be no row. */
export function renderCsv(rows: readonly (readonly CellValue[])[]): string {
  return rows.map((row) => `${row.map(renderField).join(',')},1\n`).join('');
}

/** The statement that takes staged files into a table, all or nothing. */
export function renderCopy(relation: Relation, columns: readonly Column[], location: string): string {
  const fields = columns.map(({ type }, index) => parseJson(type, `$${index + 1}`));
  return [
    `copy into ${snowflakeDialect.renderRelation(relation)} (${listNames(columns)})`,
    `from (select ${fields.join(', ')} from ${location})`,
    `file_format = (${fileFormat})`,
    'on_error = abort_statement',
    'purge = true',
  ].join('\n');
}

/** The insert that takes rows as binds, all of them texts that Snowflake casts as it does those of a file. */
export function renderBindInsert(relation: Relation, columns: readonly Column[]): string {
  const target = `insert into ${snowflakeDialect.renderRelation(relation)} (${listNames(columns)})`;
  const values = `values (${columns.map(() => '?').join(', ')})`;
  if (!columns.some(({ type }) => jsonType.test(type))) return `${target} ${values}`;
  const names = columns.map((_, index) => `c${index + 1}`);
  const fields = columns.map(({ type }, index) => parseJson(type, `c${index + 1}`));
  return `${target} select ${fields.join(', ')} from (${values}) as bound (${names.join(', ')})`;
}

/** A cell as the text of a bind. */
export function toBind(cell: CellValue): string | null {
  return cell === null ? null : renderScalar(cell);
}

function renderField(cell: CellValue): string {
  if (cell === null) return '';
  return typeof cell === 'string' ? `"${cell.replaceAll('"', '""')}"` : renderScalar(cell);
}

function renderScalar(cell: Exclude<CellValue, null>): string {
  if (cell === Number.POSITIVE_INFINITY) return 'inf';
  return cell === Number.NEGATIVE_INFINITY ? '-inf' : String(cell);
}

function parseJson(type: string, field: string): string {
  return jsonType.test(type) ? `parse_json(${field})` : field;
}

function listNames(columns: readonly Column[]): string {
  return columns.map(({ name }) => snowflakeDialect.quoteExactly(name)).join(', ');
}
