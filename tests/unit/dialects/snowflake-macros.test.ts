import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { snowflakeDialect } from '../../../orchestrator/dialects/snowflake.ts';
import type { Column } from '../../../orchestrator/manifest/relation.ts';
import type { Request } from '../../../orchestrator/render/requests.ts';
import { jsonMacros } from '../../adapters/scenarios/list/macros-json.ts';
import { textMacros } from '../../adapters/scenarios/list/macros-texts.ts';
import { createRenderBench } from '../../support/render.ts';
import { listQueries } from '../../support/scenario-queries.ts';

const crossDb = new URL('../../../macros/cross_db/', import.meta.url);

/** Each macro in a query over `orders (id, ordered_at, shipped_at, status, amount, tags)`. */
const queries: Readonly<Record<string, string>> = {
  current_timestamp: 'select {{ dbt.current_timestamp() }} as x',
  current_timestamp_backcompat: 'select {{ dbt.current_timestamp_backcompat() }} as x',
  current_timestamp_in_utc_backcompat: 'select {{ dbt.current_timestamp_in_utc_backcompat() }} as x',
  snapshot_get_time: 'select {{ dbt.snapshot_get_time() }} as x',
  date: 'select {{ dbt.date(2024, 2, 29) }} as x',
  date_trunc: "select {{ dbt.date_trunc('month', 'ordered_at') }} as x from db.s.orders",
  dateadd: "select {{ dbt.dateadd('quarter', -2, 'ordered_at') }} as x from db.s.orders",
  datediff: "select {{ dbt.datediff('ordered_at', 'shipped_at', 'week') }} as x from db.s.orders",
  last_day: "select {{ dbt.last_day('ordered_at', 'quarter') }} as x from db.s.orders",
  generate_series: '{{ dbt.generate_series(12) }}',
  date_spine: "{{ dbt.date_spine('day', \"cast('2024-01-01' as date)\", \"cast('2024-02-01' as date)\") }}",
  concat: "select {{ dbt.concat(['status', \"'-'\", 'id']) }} as x from db.s.orders",
  escape_single_quotes: "select '{{ dbt.escape_single_quotes(\"it's a \\\\ here\") }}' as x",
  hash: "select {{ dbt.hash('id') }} as x from db.s.orders",
  length: "select {{ dbt.length('status') }} as x from db.s.orders",
  position: "select {{ dbt.position(\"'a'\", 'status') }} as x from db.s.orders",
  replace: "select {{ dbt.replace('status', \"'a'\", \"'b'\") }} as x from db.s.orders",
  right: "select {{ dbt.right('status', 2) }} as x from db.s.orders",
  split_part: "select {{ dbt.split_part('status', \"'-'\", 2) }} as x from db.s.orders",
  string_literal: "select {{ dbt.string_literal('open') }} as x",
  listagg: "select {{ dbt.listagg('status', \"', '\", 'order by status') }} as x from db.s.orders",
  'listagg limited': "select {{ dbt.listagg('status', \"', '\", 'order by status', 3) }} as x from db.s.orders",
  'listagg unordered': "select {{ dbt.listagg('status') }} as x from db.s.orders",
  type_string: 'select cast(id as {{ dbt.type_string() }}) as x from db.s.orders',
  type_timestamp: 'select cast(ordered_at as {{ dbt.type_timestamp() }}) as x from db.s.orders',
  type_float: 'select cast(amount as {{ dbt.type_float() }}) as x from db.s.orders',
  type_numeric: 'select cast(amount as {{ dbt.type_numeric() }}) as x from db.s.orders',
  type_bigint: 'select cast(amount as {{ dbt.type_bigint() }}) as x from db.s.orders',
  type_int: 'select cast(amount as {{ dbt.type_int() }}) as x from db.s.orders',
  type_boolean: 'select cast(status as {{ dbt.type_boolean() }}) as x from db.s.orders',
  cast: "select {{ dbt.cast('id', 'varchar') }} as x from db.s.orders",
  safe_cast: "select {{ dbt.safe_cast('amount', 'integer') }} as x from db.s.orders",
  'safe_cast to a variant': "select {{ dbt.safe_cast('amount', 'variant') }} as x from db.s.orders",
  cast_bool_to_text: "select {{ dbt.cast_bool_to_text('id = 1') }} as x from db.s.orders",
  any_value: "select {{ dbt.any_value('status') }} as x from db.s.orders",
  bool_or: "select {{ dbt.bool_or('id = 1') }} as x from db.s.orders",
  equals: "select {{ dbt.equals('id', 'amount') }} as x from db.s.orders",
  except: 'select id from db.s.orders {{ dbt.except() }} select amount from db.s.orders',
  intersect: 'select id from db.s.orders {{ dbt.intersect() }} select amount from db.s.orders',
  array_append: "select {{ dbt.array_append('tags', 'status') }} as x from db.s.orders",
  array_concat: "select {{ dbt.array_concat('tags', 'tags') }} as x from db.s.orders",
  array_construct: "select {{ dbt.array_construct(['id', 'amount']) }} as x from db.s.orders",
  'array_construct of nothing': 'select {{ dbt.array_construct([]) }} as x',
  get_empty_subquery_sql: "{{ dbt.get_empty_subquery_sql('select id from db.s.orders') }}",
  information_schema_name: "select '{{ dbt.information_schema_name('db') }}' as x",
  create_table_as: "{{ dbt.create_table_as(false, 'db.s.copies', 'select id from db.s.orders') }}",
  'create_table_as temporary': "{{ dbt.create_table_as(true, 'db.s.copies', 'select id from db.s.orders') }}",
  create_view_as: "{{ dbt.create_view_as('db.s.copies', 'select id from db.s.orders') }}",
  at_timezone: "select {{ strata.at_timezone('ordered_at', 'Europe/Vienna') }} as x from db.s.orders",
  byte_order: "select id from db.s.orders order by {{ strata.byte_order('status') }}",
  date_plus: "select {{ strata.date_plus('ordered_at', '-id', 'month') }} as x from db.s.orders",
  number_series: "select series.n from {{ strata.number_series(24, 'series') }}",
  parse_timestamp: "select {{ strata.parse_timestamp('status', 'YYYY-MM-DD HH24:MI:SS') }} as x from db.s.orders",
  quote_text: 'select {{ strata.quote_text("it\'s a \\\\ here") }} as x',
  double_type: 'select cast(amount as {{ strata.double_type() }}) as x from db.s.orders',
  timestamp_text: "select {{ strata.timestamp_text('ordered_at') }} as x from db.s.orders",
  safe_divide: "select {{ strata.safe_divide('amount', 'id') }} as x from db.s.orders",
  percentile_cont: "select {{ strata.percentile_cont('amount', 0.9) }} as x from db.s.orders group by status",
  percentile_disc: "select {{ strata.percentile_disc('status', 0.9) }} as x from db.s.orders",
  'percentile_disc of the least': "select {{ strata.percentile_disc('amount', 0) }} as x from db.s.orders",
  union_relations: `with older as (select id, status from db.s.orders), newer as (select amount, id from db.s.orders)
{{ strata.union_relations(
    [api.Relation.create(identifier='OLDER'), api.Relation.create(identifier='NEWER')], source_column='origin'
) }}`,
  median: "select {{ strata.median('amount') }} as x from db.s.orders",
  seconds_between: "select {{ strata.seconds_between('ordered_at', 'shipped_at') }} as x from db.s.orders",
};

/** Columns of what the query of `union_relations` puts under one another. */
const parts: Readonly<Record<string, readonly Column[]>> = {
  OLDER: [
    { name: 'ID', type: 'number(38,0)' },
    { name: 'STATUS', type: 'varchar(20)' },
  ],
  NEWER: [
    { name: 'AMOUNT', type: 'float' },
    { name: 'ID', type: 'number(10,2)' },
  ],
};

/** Answers macros as the warehouse would: how many days lie between the ends of a spine, and columns. */
function answer(request: Request): unknown {
  if (request.kind === 'get-columns') return parts[request.relation.identifier] ?? [];
  return { columns: [{ name: 'days', type: 'number' }], rows: [[31]] };
}

function readMacros(): string {
  const files = readdirSync(crossDb).sort();
  return files.map((file) => readFileSync(new URL(file, crossDb), 'utf8')).join('\n');
}

test('each cross-database macro gives its Snowflake SQL', async () => {
  // Scenarios are projects of their own, which call the macros without a package.
  const strata = readMacros();
  const bench = createRenderBench({ dialect: snowflakeDialect, macros: { strata, shop: strata } });
  const shown = listQueries(jsonMacros, textMacros).map(({ name, template }) => [name, template] as const);
  const texts = [...Object.entries(queries), ...shown].map(
    ([name, query]) => `-- ${name}\n${bench.render(query, answer).trim()}\n`,
  );
  await expect(texts.join('\n')).toMatchFileSnapshot('snowflake-macros.golden.sql');
});
