import type { Dialect } from '../dialects/dialect.ts';
import type { Column } from '../manifest/relation.ts';
import { renderCte, renderDate, renderDouble, renderLevel, renderList, renderQueryCte } from './sql-text.ts';

import { renderTaken } from './work-rows.ts';

/** Where training rows come from and which of their columns matter. */
export interface TrainingSource {
  /** The query giving the rows. */
  readonly sql: string;
  readonly key: readonly Column[];
  readonly label: Column | null;
  readonly time: Column | null;
  /** Rows observed on this day or later do not count. */
  readonly asOf: string;
}

/** The categories of one column, in order; the first is the reference. */
export interface CategoryLevels {
  readonly column: Column;
  readonly levels: readonly string[];
}

/** Rows and positives by observation date, oldest first; one row without a date where there is no time column. */
export function renderPeriodsQuery(source: TrainingSource, dialect: Dialect): string {
  const { time, label } = source;
  const string = dialect.typeName('string');
  const day = time === null ? renderNullText(dialect) : `cast(${renderDay(time, dialect)} as ${string})`;
  const positives = label === null ? '0' : `sum(${renderLabel(label, dialect)})`;
  const wrong = label === null ? '0' : `sum(case when ${renderLabel(label, dialect)} in (0, 1) then 0 else 1 end)`;
  return [
    `with ${renderTrainingRows(source, dialect)}`,
    'select',
    renderList(
      [`${day} as observed_on`, 'count(*) as row_count', `${positives} as positives`, `${wrong} as wrong_labels`],
      4,
    ),
    'from training_rows',
    'group by 1',
    'order by 1',
  ].join('\n');
}

/** The levels of each category among rows observed before `until`: position of the column and level. */
export function renderLevelsQuery(
  source: TrainingSource,
  columns: readonly Column[],
  until: string | null,
  dialect: Dialect,
): string {
  const { time } = source;
  const before =
    time === null || until === null ? '' : `\nwhere ${renderDay(time, dialect)} < ${renderDate(until, dialect)}`;
  const selects = columns.map(
    (column, i) =>
      `select ${i} as position, ${renderLevel(column, dialect)} as level\nfrom training_rows${before}\ngroup by 2`,
  );
  return `with ${renderTrainingRows(source, dialect)}\n${selects.join('\nunion all\n')}`;
}

/** All inputs as numbers, then the label: one row each, oldest first and within a day in an order no warehouse decides. */
export function renderReadQuery(
  source: TrainingSource,
  numbers: readonly Column[],
  categories: readonly CategoryLevels[],
  dialect: Dialect,
): string {
  return [
    `with ${renderTrainingRows(source, dialect)}`,
    'select',
    renderList(renderLabelledInputs(source, numbers, categories, dialect), 4),
    'from training_rows',
    `order by ${renderSourceOrder(source, dialect)}`,
  ].join('\n');
}

/** The same rows to be kept in the warehouse, their place in that order as `row_index`, from 0. */
export function renderWorkRows(
  source: TrainingSource,
  numbers: readonly Column[],
  categories: readonly CategoryLevels[],
  dialect: Dialect,
): string {
  const index = `row_number() over (order by ${renderSourceOrder(source, dialect)}) - 1 as row_index`;
  return [
    `with ${renderTrainingRows(source, dialect)}`,
    'select',
    renderList([index, ...renderLabelledInputs(source, numbers, categories, dialect)], 4),
    'from training_rows',
  ].join('\n');
}

/** Which columns of the rows to score are read. */
export interface ScoredSource {
  readonly sql: string;
  readonly key: readonly Column[];
  readonly numbers: readonly Column[];
  readonly categories: readonly CategoryLevels[];
}

/** How many rows there are to score. */
export function renderScoredCount(sql: string): string {
  return `with ${renderQueryCte('scored_rows', sql)}\nselect count(*) from scored_rows`;
}

/** Of so many rows some. */
export interface SampleSize {
  readonly rows: number;
  readonly limit: number;
}

/** The inputs of the rows to score as numbers, in no particular order: of all, or of some that lie spread over them. */
export function renderScoredInputsQuery(source: ScoredSource, size: SampleSize | null, dialect: Dialect): string {
  const { sql, key, numbers, categories } = source;
  const inputs = renderInputs(numbers, categories, dialect);
  const rows = `with ${renderQueryCte('scored_rows', sql)}`;
  if (size === null || size.rows <= size.limit) return `${rows}\nselect\n${renderList(inputs, 4)}\nfrom scored_rows`;
  const order = key.map((column) => renderOrder(column, dialect)).join(', ');
  const index = `row_number() over (order by ${order}) - 1 as row_index`;
  return [
    `${rows},`,
    renderCte('numbered_rows', `select\n${renderList(['scored_rows.*', index], 4)}\nfrom scored_rows`),
    `select\n${renderList(inputs, 4)}`,
    'from numbered_rows',
    `where ${renderTaken('row_index', size.rows, size.limit)}`,
  ].join('\n');
}

function renderLabelledInputs(
  { label }: TrainingSource,
  numbers: readonly Column[],
  categories: readonly CategoryLevels[],
  dialect: Dialect,
): readonly string[] {
  const labels = label === null ? [] : [`${renderLabel(label, dialect)} as label`];
  return [...renderInputs(numbers, categories, dialect), ...labels];
}

/** Oldest first, and within a day by the key. */
function renderSourceOrder({ time, key }: TrainingSource, dialect: Dialect): string {
  const days = time === null ? [] : [renderDay(time, dialect)];
  return [...days, ...key.map((column) => renderOrder(column, dialect))].join(', ');
}

function renderTrainingRows(source: TrainingSource, dialect: Dialect): string {
  const { label, time } = source;
  const conditions = [
    ...(label === null ? [] : [`${dialect.quote(label.name)} is not null`]),
    ...(time === null ? [] : [`${renderDay(time, dialect)} < ${renderDate(source.asOf, dialect)}`]),
  ];
  const where = conditions.length === 0 ? '' : `\nwhere ${conditions.join('\n    and ')}`;
  return [
    renderQueryCte('known_rows', source.sql),
    renderCte('training_rows', `select *\nfrom known_rows${where}`),
  ].join(',\n');
}

function renderInputs(
  numbers: readonly Column[],
  categories: readonly CategoryLevels[],
  dialect: Dialect,
): readonly string[] {
  return [
    ...numbers.map((column, i) => `${renderDouble(column, dialect)} as number_${i + 1}`),
    ...categories.map(({ column, levels }, i) => `${renderCode(column, levels, dialect)} as category_${i + 1}`),
  ];
}

function renderCode(column: Column, levels: readonly string[], dialect: Dialect): string {
  if (levels.length === 0) return '-1';
  const cases = levels.map((level, code) => `when ${dialect.renderLiteral(level)} then ${code}`);
  return `case ${renderLevel(column, dialect)} ${cases.join(' ')} else -1 end`;
}

/** 1 or 0; any other number is left as it is, to be complained about. */
function renderLabel(label: Column, dialect: Dialect): string {
  return renderDouble(label, dialect);
}

function renderDay(time: Column, dialect: Dialect): string {
  return `cast(${dialect.quote(time.name)} as ${dialect.typeName('date')})`;
}

function renderNullText(dialect: Dialect): string {
  return `cast(null as ${dialect.typeName('string')})`;
}

/** Texts are ordered by their hash: collations differ between warehouses, and hexadecimal digits sort alike in all. */
function renderOrder(column: Column, dialect: Dialect): string {
  const name = dialect.quote(column.name);
  if (/int|serial|number|numeric|decimal|double|float|real|date|time/i.test(column.type)) return name;
  return `md5(cast(${name} as ${dialect.typeName('string')}))`;
}
