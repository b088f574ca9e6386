-- current_timestamp
select current_timestamp() as x

-- current_timestamp_backcompat
select current_timestamp() as x

-- current_timestamp_in_utc_backcompat
select current_timestamp() as x

-- snapshot_get_time
select cast(current_timestamp() as timestamp) as x

-- date
select date(2024, 2, 29) as x

-- date_trunc of a month
select timestamp_trunc(cast(timestamp '2024-02-29 22:30:00' as timestamp), month) as x

-- date_trunc of a week
select timestamp_trunc(cast(date '2024-03-03' as timestamp), isoweek) as x

-- date_trunc of an hour
select timestamp_trunc(cast(timestamp '2024-02-29 22:30:00' as timestamp), hour) as x

-- dateadd of months
select datetime_add(cast(date '2024-01-31' as datetime), interval (1) month) as x

-- dateadd of quarters
select datetime_add(cast(timestamp '2024-02-29 22:30:00' as datetime), interval (-2) quarter) as x

-- dateadd of hours
select datetime_add(cast(timestamp '2024-02-29 22:30:00' as datetime), interval (3) hour) as x

-- dateadd of an expression
select datetime_add(cast(timestamp '2024-02-29 22:30:00' as datetime), interval (1 + 1) day) as x

-- datediff of days
select datetime_diff(cast(date '2024-03-01' as datetime), cast(timestamp '2024-02-29 22:30:00' as datetime), day) as x

-- datediff backwards
select datetime_diff(cast(date '2024-01-31' as datetime), cast(date '2024-03-01' as datetime), month) as x

-- datediff of weeks
select datetime_diff(cast(date '2024-03-03' as datetime), cast(date '2024-03-02' as datetime), week) as x

-- datediff of quarters
select datetime_diff(cast(date '2024-01-01' as datetime), cast(date '2023-12-31' as datetime), quarter) as x

-- datediff of hours
select datetime_diff(cast(date '2024-03-01' as datetime), cast(timestamp '2024-02-29 22:30:00' as datetime), hour) as x

-- last_day of a month
select last_day(cast(timestamp '2024-02-29 22:30:00' as date), month) as x

-- last_day of a quarter
select last_day(cast(timestamp '2024-02-29 22:30:00' as date), quarter) as x

-- last_day of a week
select last_day(cast(timestamp '2024-02-29 22:30:00' as date), isoweek) as x

-- generate_series
select generated_number from unnest(generate_array(1, 3)) as generated_number

-- date_spine
with numbers as (
        select generated_number from unnest(generate_array(1, 3)) as generated_number
    ),

    all_periods as (
        select (datetime_add(cast(cast('2024-02-28' as date) as datetime), interval (generated_number - 1) day)) as date_day
        from numbers
    ),

    filtered as (
        select *
        from all_periods
        where date_day <= cast('2024-03-01' as date)
    )

    select * from filtered

-- concat
select 'a' || '-' || 'b' as x

-- escape_single_quotes
select 'it\'s' as x

-- hash
select to_hex(md5(cast('abc' as string))) as x

-- length
select length('größe') as x

-- position
select strpos('abc', 'b') as x

-- replace
select replace('abc', 'b', 'x') as x

-- right
select right('abc', 2) as x

-- split_part
select case when 'a-b-c' is not null then coalesce(split('a-b-c', '-')[safe_ordinal(2)], '') end as x

-- split_part from the end
select case when 'a-b-c' is not null then coalesce(split('a-b-c', '-')[safe_ordinal(array_length(split('a-b-c', '-')) + 1 - 1)], '') end as x

-- split_part beyond the end
select case when 'a-b-c' is not null then coalesce(split('a-b-c', '-')[safe_ordinal(4)], '') end as x

-- string_literal
select 'open' as x

-- listagg
select string_agg(name, ', ' order by name desc) as x from unnest(['b', 'c', 'a']) as name

-- listagg limited
select string_agg(name, ', ' order by name limit 2) as x from unnest(['b', 'c', 'a']) as name

-- any_value
select any_value('x') as x from unnest(['b', 'c', 'a']) as name

-- bool_or
select logical_or(name = 'b') as x from unnest(['b', 'c', 'a']) as name

-- type_string
select cast(7 as string) as x

-- type_timestamp
select cast('2024-02-29' as timestamp) as x

-- type_float
select cast(1 as float64) / 4 as x

-- type_numeric
select cast(1.2345678 as numeric(28,6)) as x

-- type_bigint
select cast('7' as int64) as x

-- type_int
select cast('7' as int64) as x

-- type_boolean
select cast('true' as bool) as x

-- cast
select cast('7' as int64) as x

-- safe_cast
select safe_cast('seven' as int64) as x

-- cast_bool_to_text
select cast(1 = 1 as string) as x

-- equals
select (1 = 2) as x

-- except
select 1 as x except distinct select 1

-- intersect
select 1 as x intersect distinct select 1

-- array_append
select array_concat([1, 2], [3]) as x

-- array_concat
select array_concat([1], [2, 3]) as x

-- array_construct
select [1, 2] as x

-- array_construct of nothing
select cast([] as array<integer>) as x

-- get_empty_subquery_sql
select * from (
        select 1 as x
    ) as __dbt_sbq
    where false
    limit 0

-- at_timezone
select timestamp(datetime(timestamp '2024-02-29 22:30:00', 'Europe/Vienna')) as x

-- date_plus of months
select cast(datetime_add(cast(date '2024-01-31' as datetime), interval (1) month) as date) as x

-- double_type
select cast(1 as float64) / 8 as x

-- number_series
select series.n from (select n from unnest(generate_array(0, 2)) as n) as series order by series.n

-- parse_timestamp
select parse_timestamp('%Y%m%d', cast(20240229 as string)) as x

-- parse_timestamp with a time
select parse_timestamp('%d.%m.%Y %H:%M:%S', cast('29.02.2024 22:30:05' as string)) as x

-- quote_text
select 'it\'s a \\ here\nand there' as x

-- seconds_between
select (timestamp_diff(timestamp '2024-03-01 00:00:00.5', timestamp '2024-02-29 22:30:00', microsecond) / 1000000) as x

-- safe_divide
select ieee_divide(cast(1 as float64), nullif(cast(4 as float64), 0)) as x

-- safe_divide by zero
select ieee_divide(cast(1 as float64), nullif(cast(0 as float64), 0)) as x

-- safe_divide of nothing
select ieee_divide(cast(null as float64), nullif(cast(2 as float64), 0)) as x

-- safe_divide without overflow
select ieee_divide(cast(1e300 as float64), nullif(cast(-1e-300 as float64), 0)) < -1.7e308 as x

-- safe_divide without underflow
select ieee_divide(cast(1e-300 as float64), nullif(cast(1e300 as float64), 0)) as x

-- percentile_cont
select (array_agg(cast(number as float64) ignore nulls order by cast(number as float64))[safe_offset(cast(floor(0.25 * (count(cast(number as float64)) - 1)) as int64))] + (array_agg(cast(number as float64) ignore nulls order by cast(number as float64))[safe_offset(cast(ceil(0.25 * (count(cast(number as float64)) - 1)) as int64))] - array_agg(cast(number as float64) ignore nulls order by cast(number as float64))[safe_offset(cast(floor(0.25 * (count(cast(number as float64)) - 1)) as int64))]) * (0.25 * (count(cast(number as float64)) - 1) - floor(0.25 * (count(cast(number as float64)) - 1)))) as x from unnest([40, 10, null, 30, 20]) as number

-- percentile_cont of the greatest
select (array_agg(cast(number as float64) ignore nulls order by cast(number as float64))[safe_offset(cast(floor(1 * (count(cast(number as float64)) - 1)) as int64))] + (array_agg(cast(number as float64) ignore nulls order by cast(number as float64))[safe_offset(cast(ceil(1 * (count(cast(number as float64)) - 1)) as int64))] - array_agg(cast(number as float64) ignore nulls order by cast(number as float64))[safe_offset(cast(floor(1 * (count(cast(number as float64)) - 1)) as int64))]) * (1 * (count(cast(number as float64)) - 1) - floor(1 * (count(cast(number as float64)) - 1)))) as x from unnest([40, 10, null, 30, 20]) as number

-- percentile_cont of no numbers
select (array_agg(cast(nullif(number, number) as float64) ignore nulls order by cast(nullif(number, number) as float64))[safe_offset(cast(floor(0.25 * (count(cast(nullif(number, number) as float64)) - 1)) as int64))] + (array_agg(cast(nullif(number, number) as float64) ignore nulls order by cast(nullif(number, number) as float64))[safe_offset(cast(ceil(0.25 * (count(cast(nullif(number, number) as float64)) - 1)) as int64))] - array_agg(cast(nullif(number, number) as float64) ignore nulls order by cast(nullif(number, number) as float64))[safe_offset(cast(floor(0.25 * (count(cast(nullif(number, number) as float64)) - 1)) as int64))]) * (0.25 * (count(cast(nullif(number, number) as float64)) - 1) - floor(0.25 * (count(cast(nullif(number, number) as float64)) - 1)))) as x from unnest([40, 10, null, 30, 20]) as number

-- median
select (array_agg(cast(number as float64) ignore nulls order by cast(number as float64))[safe_offset(cast(floor(0.5 * (count(cast(number as float64)) - 1)) as int64))] + (array_agg(cast(number as float64) ignore nulls order by cast(number as float64))[safe_offset(cast(ceil(0.5 * (count(cast(number as float64)) - 1)) as int64))] - array_agg(cast(number as float64) ignore nulls order by cast(number as float64))[safe_offset(cast(floor(0.5 * (count(cast(number as float64)) - 1)) as int64))]) * (0.5 * (count(cast(number as float64)) - 1) - floor(0.5 * (count(cast(number as float64)) - 1)))) as x from unnest([40, 10, null, 30, 20]) as number

-- percentile_disc
select array_agg(number ignore nulls order by number)[safe_offset(greatest(cast(ceil(0.249999999999999 * count(number)) as int64), 1) - 1)] as x from unnest([40, 10, null, 30, 20]) as number

-- percentile_disc of the least
select array_agg(number ignore nulls order by number)[safe_offset(greatest(cast(ceil(0 * count(number)) as int64), 1) - 1)] as x from unnest([40, 10, null, 30, 20]) as number

-- percentile_disc of no values
select array_agg(nullif(number, number) ignore nulls order by nullif(number, number))[safe_offset(greatest(cast(ceil(0.499999999999999 * count(nullif(number, number))) as int64), 1) - 1)] as x from unnest([40, 10, null, 30, 20]) as number

-- percentile_disc of texts
select array_agg(name ignore nulls order by name)[safe_offset(greatest(cast(ceil(0.399999999999999 * count(name)) as int64), 1) - 1)] as x from unnest(['b', 'c', 'a']) as name

-- union_relations
with older as (select 1 as id, date '2024-02-29' as seen, 'a' as label),
newer as (select 0.5 as share, timestamp '2024-02-29 22:30:00' as seen, numeric '2.25' as ID)
select
    cast('older' as string) as origin,
    cast(`id` as numeric) as `id`,
    cast(`seen` as timestamp) as `seen`,
    cast(`label` as string) as `label`,
    cast(null as float64) as `share`
from `older`
union all
select
    cast('newer' as string) as origin,
    cast(`ID` as numeric) as `id`,
    cast(`seen` as timestamp) as `seen`,
    cast(null as string) as `label`,
    cast(`share` as float64) as `share`
from `newer`
order by origin desc

-- number_series of no row
select series.n from (select n from unnest(generate_array(0, -1)) as n) as series

-- generate_series of no row
select generated_number from unnest(generate_array(1, 0)) as generated_number

-- timestamp_text
select cast(datetime(timestamp '2024-02-29 22:30:00') as string) as x

-- json_text reads texts, numbers and booleans at a path
select
    json_value(o, '$."plan"."seats"') as c0,
    json_value(o, '$."plan"."name"') as c1,
    json_value(o, '$."plan"."is_live"') as c2,
    json_value(o, '$."items"[1]."sku"') as c3,
    json_value(o, '$."items"[1]."tags"[0]') as c4
from (select parse_json('{"plan":{"seats":5,"name":"Pro \\"X\\" \\\\ 1","ended":null,"is_live":true},"items":[{"sku":"a-1"},{"sku":"b-2","tags":["x","y"]}],"none":[],"first name":"Zoë","a.b":1,"it\'s":"k"}', wide_number_mode => 'round') as o) as orders

-- json_text reads keys with spaces and dots
select
    json_value(o, '$."first name"') as c0,
    json_value(o, '$."a.b"') as c1
from (select parse_json('{"plan":{"seats":5,"name":"Pro \\"X\\" \\\\ 1","ended":null,"is_live":true},"items":[{"sku":"a-1"},{"sku":"b-2","tags":["x","y"]}],"none":[],"first name":"Zoë","a.b":1,"it\'s":"k"}', wide_number_mode => 'round') as o) as orders

-- json_text reads keys with quotes
select
    json_value(o, '$."it\'s"') as c0
from (select parse_json('{"plan":{"seats":5,"name":"Pro \\"X\\" \\\\ 1","ended":null,"is_live":true},"items":[{"sku":"a-1"},{"sku":"b-2","tags":["x","y"]}],"none":[],"first name":"Zoë","a.b":1,"it\'s":"k"}', wide_number_mode => 'round') as o) as orders

-- json_text gives null for what is absent or null
select
    json_value(o, '$."plan"."price"') as c0,
    json_value(o, '$."plan"."seats"."more"') as c1,
    json_value(o, '$."items"[2]."sku"') as c2,
    json_value(o, '$."plan"."ended"') as c3
from (select parse_json('{"plan":{"seats":5,"name":"Pro \\"X\\" \\\\ 1","ended":null,"is_live":true},"items":[{"sku":"a-1"},{"sku":"b-2","tags":["x","y"]}],"none":[],"first name":"Zoë","a.b":1,"it\'s":"k"}', wide_number_mode => 'round') as o) as orders

-- json_text gives null for an object or an array
select
    json_value(o, '$."plan"') as c0,
    json_value(o, '$."items"') as c1
from (select parse_json('{"plan":{"seats":5,"name":"Pro \\"X\\" \\\\ 1","ended":null,"is_live":true},"items":[{"sku":"a-1"},{"sku":"b-2","tags":["x","y"]}],"none":[],"first name":"Zoë","a.b":1,"it\'s":"k"}', wide_number_mode => 'round') as o) as orders

-- json_query gives a part as JSON, and null where there is none
select
    json_value(json_query(o, '$."items"[1]'), '$."tags"[1]') as c0,
    json_query(o, '$."plan"."price"') is null as c1,
    json_query(o, '$."plan"."ended"') is null as c2
from (select parse_json('{"plan":{"seats":5,"name":"Pro \\"X\\" \\\\ 1","ended":null,"is_live":true},"items":[{"sku":"a-1"},{"sku":"b-2","tags":["x","y"]}],"none":[],"first name":"Zoë","a.b":1,"it\'s":"k"}', wide_number_mode => 'round') as o) as orders

-- json_array_length counts elements, and is null where there is none
select
    array_length(json_query_array(json_query(o, '$."items"'))) as c0,
    array_length(json_query_array(json_query(o, '$."items"[1]."tags"'))) as c1,
    array_length(json_query_array(json_query(o, '$."none"'))) as c2,
    array_length(json_query_array(json_query(o, '$."lines"'))) as c3,
    array_length(json_query_array(json_query(o, '$."items"'))) as c4
from (select parse_json('{"plan":{"seats":5,"name":"Pro \\"X\\" \\\\ 1","ended":null,"is_live":true},"items":[{"sku":"a-1"},{"sku":"b-2","tags":["x","y"]}],"none":[],"first name":"Zoë","a.b":1,"it\'s":"k"}', wide_number_mode => 'round') as o) as orders

-- json_array_length of an object, a number or a null of JSON is null
select
    array_length(json_query_array(json_query(o, '$."plan"'))) as c0,
    array_length(json_query_array(json_query(o, '$."plan"."seats"'))) as c1,
    array_length(json_query_array(json_query(o, '$."plan"."ended"'))) as c2
from (select parse_json('{"plan":{"seats":5,"name":"Pro \\"X\\" \\\\ 1","ended":null,"is_live":true},"items":[{"sku":"a-1"},{"sku":"b-2","tags":["x","y"]}],"none":[],"first name":"Zoë","a.b":1,"it\'s":"k"}', wide_number_mode => 'round') as o) as orders

-- json_elements gives a row per element of an array, with its place from zero
select listed.id, item.index, json_value(item.value, '$."sku"') as sku
from (select 0 as id, parse_json('[{"sku":"a"},{"sku":null},"b"]', wide_number_mode => 'round') as items
union all select 1 as id, parse_json('[]', wide_number_mode => 'round') as items
union all select 2 as id, parse_json('[{"sku":"c"}]', wide_number_mode => 'round') as items) as listed
cross join unnest(array(select struct(element as value, place as index) from unnest(json_query_array(listed.items)) as element with offset as place)) as item

-- json_elements gives no rows where there is no array
select listed.id, item.index, json_value(item.value, '$."sku"') as sku
from (select 0 as id, parse_json('{"sku":"a"}', wide_number_mode => 'round') as items
union all select 1 as id, parse_json('7', wide_number_mode => 'round') as items
union all select 2 as id, parse_json('null', wide_number_mode => 'round') as items) as listed
cross join unnest(array(select struct(element as value, place as index) from unnest(json_query_array(listed.items)) as element with offset as place)) as item

-- parse_json reads long numbers, and null from null
select
    json_value(parse_json('{"n": 0.1}', wide_number_mode => 'round'), '$."n"') as c0,
    parse_json(cast(null as string), wide_number_mode => 'round') is null as c1

-- json_type is the type of a column of JSON
select
    cast(null as json) is null as c0

-- regexp_like finds a pattern anywhere, in its case
select
    regexp_contains('order-17', 'r-\\d+') as c0,
    regexp_contains('order-17', '^\\d') as c1,
    regexp_contains('order-17', '^order-(1|2)7$') as c2,
    regexp_contains('Order', 'order') as c3,
    regexp_contains('a.b', 'a\\.b') as c4,
    regexp_contains('axb', 'a\\.b') as c5,
    regexp_contains('it\'s', 't\'s') as c6,
    regexp_contains('a\\b', '\\\\') as c7,
    regexp_contains(cast(null as string), 'a') as c8

-- regular expressions mean the same by their classes, dots and word boundaries
select
    regexp_contains('a\nb', 'a.b') as c0,
    regexp_contains('a\nb', 'a\\sb') as c1,
    regexp_contains('a\nb', 'a$') as c2,
    regexp_contains('ö', '^\\w$') as c3,
    regexp_contains('7.5', '^[0-9.]+$') as c4,
    regexp_contains('a\r\n', '^[A-Za-z0-9_][ 	\n\r]+$') as c5,
    regexp_contains('a b	c\rde', '^(\\S\\s)+\\S$') as c6,
    regexp_contains('a cat sat', '\\bcat\\b') as c7,
    regexp_contains('concatenate', '\\bcat\\b') as c8,
    regexp_contains('[x]', '^[[]x[]]$') as c9,
    regexp_contains('aaa', '^a{2}$') as c10

-- regexp_extract gives the first match or a group of it
select
    nullif(regexp_extract('tel 030-12, 040-34', '\\d+-\\d+'), '') as c0,
    nullif(regexp_extract('tel 030-12, 040-34', '(?:\\d+)-(?:\\d+)'), '') as c1,
    nullif(regexp_extract('tel 030-12, 040-34', '(\\d+)-(?:\\d+)'), '') as c2,
    nullif(regexp_extract('tel 030-12, 040-34', '(?:\\d+)-(\\d+)'), '') as c3,
    nullif(regexp_extract('https://a.example/x?y', '^(?:https?)://([^/]+)'), '') as c4

-- regexp_extract gives null where it finds nothing
select
    nullif(regexp_extract('abc', '\\d'), '') as c0,
    nullif(regexp_extract('abc', 'a(\\d?)b'), '') as c1,
    nullif(regexp_extract('ac', 'a(b)?c'), '') as c2,
    nullif(regexp_extract(cast(null as string), 'a'), '') as c3

-- regexp_replace replaces every match
select
    regexp_replace('a-b-c', '-', '+') as c0,
    regexp_replace('2024-02-29', '(\\d+)-(\\d+)-(\\d+)', '\\3.\\2.\\1') as c1,
    regexp_replace('  a   b ', '\\s+', '') as c2,
    regexp_replace('abc', 'x', 'y') as c3,
    regexp_replace('it\'s', '\'', '\'\'') as c4,
    regexp_replace(cast(null as string), 'a', 'b') as c5

-- array_length is zero for an empty array
select
    array_length([4, 5, 6]) as c0,
    array_length(cast([] as array<int64>)) as c1

-- array_contains of numbers
select
    case when [1, 2] is not null and 2 is not null then 2 in unnest([1, 2]) end as c0,
    case when [1, 2] is not null and 3 is not null then 3 in unnest([1, 2]) end as c1,
    case when cast([] as array<int64>) is not null and 3 is not null then 3 in unnest(cast([] as array<int64>)) end as c2

-- array_contains of texts, in their case
select
    case when ['b', 'a', "it's"] is not null and 'a' is not null then 'a' in unnest(['b', 'a', "it's"]) end as c0,
    case when ['b', 'a', "it's"] is not null and 'A' is not null then 'A' in unnest(['b', 'a', "it's"]) end as c1,
    case when ['b', 'a', "it's"] is not null and cast(null as string) is not null then cast(null as string) in unnest(['b', 'a', "it's"]) end as c2

-- array_to_text, also of an empty array
select
    case when [1, 2, 3] is not null then array_to_string(array(select cast(element as string) from unnest([1, 2, 3]) as element with offset as place order by place), ', ') end as c0,
    case when ['b', 'a', "it's"] is not null then array_to_string(array(select cast(element as string) from unnest(['b', 'a', "it's"]) as element with offset as place order by place), '\'') end as c1,
    case when cast([] as array<int64>) is not null then array_to_string(array(select cast(element as string) from unnest(cast([] as array<int64>)) as element with offset as place order by place), ',') end as c2

-- dbt.array_append and dbt.array_concat of empty arrays
select
    case when array_concat(cast([] as array<int64>), [7]) is not null then array_to_string(array(select cast(element as string) from unnest(array_concat(cast([] as array<int64>), [7])) as element with offset as place order by place), ',') end as c0,
    case when array_concat(cast([] as array<int64>), [1, 2]) is not null then array_to_string(array(select cast(element as string) from unnest(array_concat(cast([] as array<int64>), [1, 2])) as element with offset as place order by place), ',') end as c1,
    case when array_concat([1, 2], cast([] as array<int64>)) is not null then array_to_string(array(select cast(element as string) from unnest(array_concat([1, 2], cast([] as array<int64>))) as element with offset as place order by place), ',') end as c2,
    array_length(array_concat(cast([] as array<int64>), cast([] as array<int64>))) as c3,
    array_length(array_concat([1, 2], [2])) as c4

-- unnest_array gives a row per element, with its place from zero
select item.index, cast(item.value as string) as value
from (select ['b', 'a', "it's"] as list) as listed
cross join unnest(array(select struct(element as value, place as index) from unnest(listed.list) as element with offset as place)) as item

-- unnest_array gives no rows for an empty array
select item.index, cast(item.value as string) as value
from (select cast([] as array<int64>) as list) as listed
cross join unnest(array(select struct(element as value, place as index) from unnest(listed.list) as element with offset as place)) as item
