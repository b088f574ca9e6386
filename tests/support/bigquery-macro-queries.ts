import type { Column } from '../../orchestrator/manifest/relation.ts';
import type { Request } from '../../orchestrator/render/requests.ts';

/** A query by one macro, and its rows as JSON where its values do not depend on the moment. */
export type MacroQuery = readonly [name: string, template: string, rows?: readonly Readonly<Record<string, unknown>>[]];

const moment = "timestamp '2024-02-29 22:30:00'";

/** Columns of what the query of `union_relations` puts under one another. */
const parts: Readonly<Record<string, readonly Column[]>> = {
  older: [
    { name: 'id', type: 'INT64' },
    { name: 'seen', type: 'DATE' },
    { name: 'label', type: 'STRING(20)' },
  ],
  newer: [
    { name: 'share', type: 'FLOAT64' },
    { name: 'seen', type: 'TIMESTAMP' },
    { name: 'ID', type: 'NUMERIC(10, 2)' },
  ],
};

/** Answers macros as the warehouse would: how many days lie between the ends of a spine, and columns. */
export function answerMacros(request: Request): unknown {
  if (request.kind === 'get-columns') return parts[request.relation.identifier] ?? [];
  return { columns: [{ name: 'days', type: 'int64' }], rows: [[3]] };
}

/** Queries over no table, each by one cross-database macro. */
export const macroQueries: readonly MacroQuery[] = [
  ['current_timestamp', 'select {{ dbt.current_timestamp() }} as x'],
  ['current_timestamp_backcompat', 'select {{ dbt.current_timestamp_backcompat() }} as x'],
  ['current_timestamp_in_utc_backcompat', 'select {{ dbt.current_timestamp_in_utc_backcompat() }} as x'],
  ['snapshot_get_time', 'select {{ dbt.snapshot_get_time() }} as x'],
  show('date', 'dbt.date(2024, 2, 29)', '2024-02-29'),
  show('date_trunc of a month', `dbt.date_trunc('month', "${moment}")`, '2024-02-01T00:00:00Z'),
  show('date_trunc of a week', `dbt.date_trunc('week', "date '2024-03-03'")`, '2024-02-26T00:00:00Z'),
  show('date_trunc of an hour', `dbt.date_trunc('hour', "${moment}")`, '2024-02-29T22:00:00Z'),
  show('dateadd of months', `dbt.dateadd('month', 1, "date '2024-01-31'")`, '2024-02-29T00:00:00'),
  show('dateadd of quarters', `dbt.dateadd('quarter', -2, "${moment}")`, '2023-08-29T22:30:00'),
  show('dateadd of hours', `dbt.dateadd('hour', 3, "${moment}")`, '2024-03-01T01:30:00'),
  show('dateadd of an expression', `dbt.dateadd('day', '1 + 1', "${moment}")`, '2024-03-02T22:30:00'),
  show('datediff of days', `dbt.datediff("${moment}", "date '2024-03-01'", 'day')`, 1),
  show('datediff backwards', `dbt.datediff("date '2024-03-01'", "date '2024-01-31'", 'month')`, -2),
  show('datediff of weeks', `dbt.datediff("date '2024-03-02'", "date '2024-03-03'", 'week')`, 1),
  show('datediff of quarters', `dbt.datediff("date '2023-12-31'", "date '2024-01-01'", 'quarter')`, 1),
  show('datediff of hours', `dbt.datediff("${moment}", "date '2024-03-01'", 'hour')`, 2),
  show('last_day of a month', `dbt.last_day("${moment}", 'month')`, '2024-02-29'),
  show('last_day of a quarter', `dbt.last_day("${moment}", 'quarter')`, '2024-03-31'),
  show('last_day of a week', `dbt.last_day("${moment}", 'week')`, '2024-03-03'),
  ['generate_series', '{{ dbt.generate_series(3) }}', [1, 2, 3].map((n) => ({ generated_number: n }))],
  [
    'date_spine',
    `{{ dbt.date_spine('day', "cast('2024-02-28' as date)", "cast('2024-03-01' as date)") }}`,
    ['2024-02-28', '2024-02-29', '2024-03-01'].map((day) => ({ date_day: `${day}T00:00:00` })),
  ],
  show('concat', `dbt.concat(["'a'", "'-'", "'b'"])`, 'a-b'),
  show('escape_single_quotes', `"'" ~ dbt.escape_single_quotes("it's") ~ "'"`, "it's"),
  show('hash', `dbt.hash("'abc'")`, '900150983cd24fb0d6963f7d28e17f72'),
  show('length', `dbt.length("'größe'")`, 5),
  show('position', `dbt.position("'b'", "'abc'")`, 2),
  show('replace', `dbt.replace("'abc'", "'b'", "'x'")`, 'axc'),
  show('right', `dbt.right("'abc'", 2)`, 'bc'),
  show('split_part', `dbt.split_part("'a-b-c'", "'-'", 2)`, 'b'),
  show('split_part from the end', `dbt.split_part("'a-b-c'", "'-'", -1)`, 'c'),
  show('split_part beyond the end', `dbt.split_part("'a-b-c'", "'-'", 4)`, ''),
  show('string_literal', `dbt.string_literal('open')`, 'open'),
  overList('listagg', `dbt.listagg('name', "', '", 'order by name desc')`, 'c, b, a'),
  overList('listagg limited', `dbt.listagg('name', "', '", 'order by name', 2)`, 'a, b'),
  overList('any_value', `dbt.any_value("'x'")`, 'x'),
  overList('bool_or', `dbt.bool_or("name = 'b'")`, true),
  show('type_string', `'cast(7 as ' ~ dbt.type_string() ~ ')'`, '7'),
  show('type_timestamp', `"cast('2024-02-29' as " ~ dbt.type_timestamp() ~ ')'`, '2024-02-29T00:00:00Z'),
  show('type_float', `'cast(1 as ' ~ dbt.type_float() ~ ') / 4'`, 0.25),
  show('type_numeric', `'cast(1.2345678 as ' ~ dbt.type_numeric() ~ ')'`, '1.234568'),
  show('type_bigint', `"cast('7' as " ~ dbt.type_bigint() ~ ')'`, 7),
  show('type_int', `"cast('7' as " ~ dbt.type_int() ~ ')'`, 7),
  show('type_boolean', `"cast('true' as " ~ dbt.type_boolean() ~ ')'`, true),
  show('cast', `dbt.cast("'7'", 'int64')`, 7),
  show('safe_cast', `dbt.safe_cast("'seven'", 'int64')`, null),
  show('cast_bool_to_text', `dbt.cast_bool_to_text('1 = 1')`, 'true'),
  show('equals', `dbt.equals('1', '2')`, false),
  ['except', 'select 1 as x {{ dbt.except() }} select 1', []],
  ['intersect', 'select 1 as x {{ dbt.intersect() }} select 1', [{ x: 1 }]],
  show('array_append', `dbt.array_append('[1, 2]', 3)`, [1, 2, 3]),
  show('array_concat', `dbt.array_concat('[1]', '[2, 3]')`, [1, 2, 3]),
  show('array_construct', `dbt.array_construct([1, 2])`, [1, 2]),
  show('array_construct of nothing', `dbt.array_construct([], 'integer')`, []),
  ['get_empty_subquery_sql', "{{ dbt.get_empty_subquery_sql('select 1 as x') }}", []],
  show('at_timezone', `strata.at_timezone("${moment}", 'Europe/Vienna')`, '2024-02-29T23:30:00Z'),
  show('date_plus of months', `strata.date_plus("date '2024-01-31'", 1, 'month')`, '2024-02-29'),
  show('double_type', `'cast(1 as ' ~ strata.double_type() ~ ') / 8'`, 0.125),
  [
    'number_series',
    "select series.n from {{ strata.number_series(2, 'series') }} order by series.n",
    [0, 1, 2].map((n) => ({ n })),
  ],
  show('parse_timestamp', `strata.parse_timestamp('20240229', 'YYYYMMDD')`, '2024-02-29T00:00:00Z'),
  show(
    'parse_timestamp with a time',
    `strata.parse_timestamp("'29.02.2024 22:30:05'", 'DD.MM.YYYY HH24:MI:SS')`,
    '2024-02-29T22:30:05Z',
  ),
  show('quote_text', `strata.quote_text("it's a \\\\ here\\nand there")`, "it's a \\ here\nand there"),
  show('seconds_between', `strata.seconds_between("${moment}", "timestamp '2024-03-01 00:00:00.5'")`, 5400.5),
  show('safe_divide', `strata.safe_divide('1', '4')`, 0.25),
  show('safe_divide by zero', `strata.safe_divide('1', '0')`, null),
  show('safe_divide of nothing', `strata.safe_divide('null', '2')`, null),
  show('safe_divide without overflow', `strata.safe_divide('1e300', '-1e-300') ~ ' < -1.7e308'`, true),
  show('safe_divide without underflow', `strata.safe_divide('1e-300', '1e300')`, 0),
  overNumbers('percentile_cont', `strata.percentile_cont('number', 0.25)`, 17.5),
  overNumbers('percentile_cont of the greatest', `strata.percentile_cont('number', 1)`, 40),
  overNumbers('percentile_cont of no numbers', `strata.percentile_cont('nullif(number, number)', 0.25)`, null),
  overNumbers('median', `strata.median('number')`, 25),
  overNumbers('percentile_disc', `strata.percentile_disc('number', 0.25)`, 10),
  overNumbers('percentile_disc of the least', `strata.percentile_disc('number', 0)`, 10),
  overNumbers('percentile_disc of no values', `strata.percentile_disc('nullif(number, number)', 0.5)`, null),
  overList('percentile_disc of texts', `strata.percentile_disc('name', 0.4)`, 'b'),
  [
    'union_relations',
    `with older as (select 1 as id, date '2024-02-29' as seen, 'a' as label),
newer as (select 0.5 as share, timestamp '2024-02-29 22:30:00' as seen, numeric '2.25' as ID)
{{ strata.union_relations(
    [api.Relation.create(identifier='older'), api.Relation.create(identifier='newer')], source_column='origin'
) }}
order by origin desc`,
    [
      { origin: 'older', id: 1, seen: '2024-02-29T00:00:00Z', label: 'a', share: null },
      { origin: 'newer', id: '2.25', seen: '2024-02-29T22:30:00Z', label: null, share: 0.5 },
    ],
  ],
  ['number_series of no row', "select series.n from {{ strata.number_series(-1, 'series') }}", []],
  ['generate_series of no row', '{{ dbt.generate_series(0) }}', []],
  show('timestamp_text', `strata.timestamp_text("${moment}")`, '2024-02-29 22:30:00'),
];

function show(name: string, expression: string, value: unknown): MacroQuery {
  return [name, `select {{ ${expression} }} as x`, [{ x: value }]];
}

function overList(name: string, expression: string, value: unknown): MacroQuery {
  return [name, `select {{ ${expression} }} as x from unnest(['b', 'c', 'a']) as name`, [{ x: value }]];
}

function overNumbers(name: string, expression: string, value: unknown): MacroQuery {
  return [name, `select {{ ${expression} }} as x from unnest([40, 10, null, 30, 20]) as number`, [{ x: value }]];
}
