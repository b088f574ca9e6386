-- current_timestamp
select convert_timezone('UTC', current_timestamp()) as x

-- current_timestamp_backcompat
select cast(current_timestamp as timestamp_ntz) as x

-- current_timestamp_in_utc_backcompat
select cast(convert_timezone('UTC', current_timestamp()) as timestamp_ntz) as x

-- snapshot_get_time
select to_timestamp_ntz(convert_timezone('UTC', current_timestamp())) as x

-- date
select date_from_parts(2024, 2, 29) as x

-- date_trunc
select date_trunc('month', ordered_at) as x from db.s.orders

-- dateadd
select dateadd(quarter, -2, ordered_at) as x from db.s.orders

-- datediff
select datediff(week, dateadd(day, 1, ordered_at), dateadd(day, 1, shipped_at)) as x from db.s.orders

-- last_day
select cast(dateadd(day, -1, dateadd(quarter, 1, date_trunc('quarter', ordered_at))) as date) as x from db.s.orders

-- generate_series
select row_number() over (order by seq8()) as generated_number
    from table(generator(rowcount => 12))

-- date_spine
with numbers as (
        select row_number() over (order by seq8()) as generated_number
    from table(generator(rowcount => 31))
    ),

    all_periods as (
        select (dateadd(day, generated_number - 1, cast('2024-01-01' as date))) as date_day
        from numbers
    ),

    filtered as (
        select *
        from all_periods
        where date_day <= cast('2024-02-01' as date)
    )

    select * from filtered

-- concat
select status || '-' || id as x from db.s.orders

-- escape_single_quotes
select 'it''s a \\ here' as x

-- hash
select md5(cast(id as varchar)) as x from db.s.orders

-- length
select length(status) as x from db.s.orders

-- position
select position('a' in status) as x from db.s.orders

-- replace
select replace(status, 'a', 'b') as x from db.s.orders

-- right
select case when 2 = 0 then '' else right(status, 2) end as x from db.s.orders

-- split_part
select split_part(status, '-', 2) as x from db.s.orders

-- string_literal
select 'open' as x

-- listagg
select listagg(status, ', ') within group (order by status) as x from db.s.orders

-- listagg limited
select array_to_string(array_slice(array_agg(status) within group (order by status), 0, 3), ', ') as x from db.s.orders

-- listagg unordered
select listagg(status, ',') as x from db.s.orders

-- type_string
select cast(id as varchar) as x from db.s.orders

-- type_timestamp
select cast(ordered_at as timestamp_ntz) as x from db.s.orders

-- type_float
select cast(amount as float) as x from db.s.orders

-- type_numeric
select cast(amount as numeric(28,6)) as x from db.s.orders

-- type_bigint
select cast(amount as bigint) as x from db.s.orders

-- type_int
select cast(amount as integer) as x from db.s.orders

-- type_boolean
select cast(status as boolean) as x from db.s.orders

-- cast
select cast(id as varchar) as x from db.s.orders

-- safe_cast
select try_cast(cast(amount as varchar) as integer) as x from db.s.orders

-- safe_cast to a variant
select cast(amount as variant) as x from db.s.orders

-- cast_bool_to_text
select cast(id = 1 as varchar) as x from db.s.orders

-- any_value
select any_value(status) as x from db.s.orders

-- bool_or
select boolor_agg(id = 1) as x from db.s.orders

-- equals
select (id = amount) as x from db.s.orders

-- except
select id from db.s.orders except select amount from db.s.orders

-- intersect
select id from db.s.orders intersect select amount from db.s.orders

-- array_append
select array_append(tags, status) as x from db.s.orders

-- array_concat
select array_cat(tags, tags) as x from db.s.orders

-- array_construct
select array_construct(id, amount) as x from db.s.orders

-- array_construct of nothing
select array_construct() as x

-- get_empty_subquery_sql
select * from (
        select id from db.s.orders
    ) as __dbt_sbq
    where false
    limit 0

-- information_schema_name
select 'db.information_schema' as x

-- create_table_as
create or replace transient table db.s.copies as (
        select id from db.s.orders
    )

-- create_table_as temporary
create or replace temporary table db.s.copies as (
        select id from db.s.orders
    )

-- create_view_as
create or replace view db.s.copies as (
        select id from db.s.orders
    )

-- at_timezone
select convert_timezone('UTC', 'Europe/Vienna', ordered_at) as x from db.s.orders

-- byte_order
select id from db.s.orders order by status

-- date_plus
select cast(dateadd(month, -id, ordered_at) as date) as x from db.s.orders

-- number_series
select series.n from (select row_number() over (order by seq8()) - 1 as n from table(generator(rowcount => 25))) as series

-- parse_timestamp
select to_timestamp_ntz(cast(status as varchar), 'YYYY-MM-DD HH24:MI:SS') as x from db.s.orders

-- quote_text
select 'it''s a \\ here' as x

-- double_type
select cast(amount as double precision) as x from db.s.orders

-- timestamp_text
select regexp_replace(to_varchar(ordered_at, 'YYYY-MM-DD HH24:MI:SS.FF6'), '[.]?0+$', '') as x from db.s.orders

-- safe_divide
select (cast(amount as double precision) / nullif(cast(id as double precision), 0)) as x from db.s.orders

-- percentile_cont
select percentile_cont(0.9) within group (order by cast(amount as double precision)) as x from db.s.orders group by status

-- percentile_disc
select percentile_disc(0.899999999999999) within group (order by status) as x from db.s.orders

-- percentile_disc of the least
select percentile_disc(0) within group (order by amount) as x from db.s.orders

-- union_relations
with older as (select id, status from db.s.orders), newer as (select amount, id from db.s.orders)
select
    cast('OLDER' as varchar) as origin,
    cast("ID" as decimal(38, 2)) as "ID",
    cast("STATUS" as varchar) as "STATUS",
    cast(null as double precision) as "AMOUNT"
from "OLDER"
union all
select
    cast('NEWER' as varchar) as origin,
    cast("ID" as decimal(38, 2)) as "ID",
    cast(null as varchar) as "STATUS",
    cast("AMOUNT" as double precision) as "AMOUNT"
from "NEWER"

-- median
select percentile_cont(0.5) within group (order by cast(amount as double precision)) as x from db.s.orders

-- seconds_between
select (cast(datediff(microsecond, ordered_at, shipped_at) as float) / 1000000) as x from db.s.orders

-- json_text reads texts, numbers and booleans at a path
select
    case when typeof(get_path(o, '["plan"]["seats"]')) not in ('OBJECT', 'ARRAY') then cast(get_path(o, '["plan"]["seats"]') as varchar) end as c0,
    case when typeof(get_path(o, '["plan"]["name"]')) not in ('OBJECT', 'ARRAY') then cast(get_path(o, '["plan"]["name"]') as varchar) end as c1,
    case when typeof(get_path(o, '["plan"]["is_live"]')) not in ('OBJECT', 'ARRAY') then cast(get_path(o, '["plan"]["is_live"]') as varchar) end as c2,
    case when typeof(get_path(o, '["items"][1]["sku"]')) not in ('OBJECT', 'ARRAY') then cast(get_path(o, '["items"][1]["sku"]') as varchar) end as c3,
    case when typeof(get_path(o, '["items"][1]["tags"][0]')) not in ('OBJECT', 'ARRAY') then cast(get_path(o, '["items"][1]["tags"][0]') as varchar) end as c4
from (select parse_json('{"plan":{"seats":5,"name":"Pro \\"X\\" \\\\ 1","ended":null,"is_live":true},"items":[{"sku":"a-1"},{"sku":"b-2","tags":["x","y"]}],"none":[],"first name":"Zoë","a.b":1,"it''s":"k"}') as o) as orders

-- json_text reads keys with spaces and dots
select
    case when typeof(get_path(o, '["first name"]')) not in ('OBJECT', 'ARRAY') then cast(get_path(o, '["first name"]') as varchar) end as c0,
    case when typeof(get_path(o, '["a.b"]')) not in ('OBJECT', 'ARRAY') then cast(get_path(o, '["a.b"]') as varchar) end as c1
from (select parse_json('{"plan":{"seats":5,"name":"Pro \\"X\\" \\\\ 1","ended":null,"is_live":true},"items":[{"sku":"a-1"},{"sku":"b-2","tags":["x","y"]}],"none":[],"first name":"Zoë","a.b":1,"it''s":"k"}') as o) as orders

-- json_text reads keys with quotes
select
    case when typeof(get_path(o, '["it''s"]')) not in ('OBJECT', 'ARRAY') then cast(get_path(o, '["it''s"]') as varchar) end as c0
from (select parse_json('{"plan":{"seats":5,"name":"Pro \\"X\\" \\\\ 1","ended":null,"is_live":true},"items":[{"sku":"a-1"},{"sku":"b-2","tags":["x","y"]}],"none":[],"first name":"Zoë","a.b":1,"it''s":"k"}') as o) as orders

-- json_text gives null for what is absent or null
select
    case when typeof(get_path(o, '["plan"]["price"]')) not in ('OBJECT', 'ARRAY') then cast(get_path(o, '["plan"]["price"]') as varchar) end as c0,
    case when typeof(get_path(o, '["plan"]["seats"]["more"]')) not in ('OBJECT', 'ARRAY') then cast(get_path(o, '["plan"]["seats"]["more"]') as varchar) end as c1,
    case when typeof(get_path(o, '["items"][2]["sku"]')) not in ('OBJECT', 'ARRAY') then cast(get_path(o, '["items"][2]["sku"]') as varchar) end as c2,
    case when typeof(get_path(o, '["plan"]["ended"]')) not in ('OBJECT', 'ARRAY') then cast(get_path(o, '["plan"]["ended"]') as varchar) end as c3
from (select parse_json('{"plan":{"seats":5,"name":"Pro \\"X\\" \\\\ 1","ended":null,"is_live":true},"items":[{"sku":"a-1"},{"sku":"b-2","tags":["x","y"]}],"none":[],"first name":"Zoë","a.b":1,"it''s":"k"}') as o) as orders

-- json_text gives null for an object or an array
select
    case when typeof(get_path(o, '["plan"]')) not in ('OBJECT', 'ARRAY') then cast(get_path(o, '["plan"]') as varchar) end as c0,
    case when typeof(get_path(o, '["items"]')) not in ('OBJECT', 'ARRAY') then cast(get_path(o, '["items"]') as varchar) end as c1
from (select parse_json('{"plan":{"seats":5,"name":"Pro \\"X\\" \\\\ 1","ended":null,"is_live":true},"items":[{"sku":"a-1"},{"sku":"b-2","tags":["x","y"]}],"none":[],"first name":"Zoë","a.b":1,"it''s":"k"}') as o) as orders

-- json_query gives a part as JSON, and null where there is none
select
    case when typeof(get_path(get_path(o, '["items"][1]'), '["tags"][1]')) not in ('OBJECT', 'ARRAY') then cast(get_path(get_path(o, '["items"][1]'), '["tags"][1]') as varchar) end as c0,
    get_path(o, '["plan"]["price"]') is null as c1,
    get_path(o, '["plan"]["ended"]') is null as c2
from (select parse_json('{"plan":{"seats":5,"name":"Pro \\"X\\" \\\\ 1","ended":null,"is_live":true},"items":[{"sku":"a-1"},{"sku":"b-2","tags":["x","y"]}],"none":[],"first name":"Zoë","a.b":1,"it''s":"k"}') as o) as orders

-- json_array_length counts elements, and is null where there is none
select
    array_size(get_path(o, '["items"]')) as c0,
    array_size(get_path(o, '["items"][1]["tags"]')) as c1,
    array_size(get_path(o, '["none"]')) as c2,
    array_size(get_path(o, '["lines"]')) as c3,
    array_size(get_path(o, '["items"]')) as c4
from (select parse_json('{"plan":{"seats":5,"name":"Pro \\"X\\" \\\\ 1","ended":null,"is_live":true},"items":[{"sku":"a-1"},{"sku":"b-2","tags":["x","y"]}],"none":[],"first name":"Zoë","a.b":1,"it''s":"k"}') as o) as orders

-- json_array_length of an object, a number or a null of JSON is null
select
    array_size(get_path(o, '["plan"]')) as c0,
    array_size(get_path(o, '["plan"]["seats"]')) as c1,
    array_size(get_path(o, '["plan"]["ended"]')) as c2
from (select parse_json('{"plan":{"seats":5,"name":"Pro \\"X\\" \\\\ 1","ended":null,"is_live":true},"items":[{"sku":"a-1"},{"sku":"b-2","tags":["x","y"]}],"none":[],"first name":"Zoë","a.b":1,"it''s":"k"}') as o) as orders

-- json_elements gives a row per element of an array, with its place from zero
select listed.id, item.index, case when typeof(get_path(item.value, '["sku"]')) not in ('OBJECT', 'ARRAY') then cast(get_path(item.value, '["sku"]') as varchar) end as sku
from (select 0 as id, parse_json('[{"sku":"a"},{"sku":null},"b"]') as items
union all select 1 as id, parse_json('[]') as items
union all select 2 as id, parse_json('[{"sku":"c"}]') as items) as listed
cross join lateral flatten(input => listed.items, mode => 'ARRAY') as item

-- json_elements gives no rows where there is no array
select listed.id, item.index, case when typeof(get_path(item.value, '["sku"]')) not in ('OBJECT', 'ARRAY') then cast(get_path(item.value, '["sku"]') as varchar) end as sku
from (select 0 as id, parse_json('{"sku":"a"}') as items
union all select 1 as id, parse_json('7') as items
union all select 2 as id, parse_json('null') as items) as listed
cross join lateral flatten(input => listed.items, mode => 'ARRAY') as item

-- parse_json reads long numbers, and null from null
select
    case when typeof(get_path(parse_json('{"n": 0.1}'), '["n"]')) not in ('OBJECT', 'ARRAY') then cast(get_path(parse_json('{"n": 0.1}'), '["n"]') as varchar) end as c0,
    parse_json(cast(null as varchar)) is null as c1

-- json_type is the type of a column of JSON
select
    cast(null as variant) is null as c0

-- regexp_like finds a pattern anywhere, in its case
select
    (regexp_instr('order-17', 'r-\\d+') > 0) as c0,
    (regexp_instr('order-17', '^\\d') > 0) as c1,
    (regexp_instr('order-17', '^order-(1|2)7$') > 0) as c2,
    (regexp_instr('Order', 'order') > 0) as c3,
    (regexp_instr('a.b', 'a\\.b') > 0) as c4,
    (regexp_instr('axb', 'a\\.b') > 0) as c5,
    (regexp_instr('it''s', 't''s') > 0) as c6,
    (regexp_instr('a\\b', '\\\\') > 0) as c7,
    (regexp_instr(cast(null as varchar), 'a') > 0) as c8

-- regular expressions mean the same by their classes, dots and word boundaries
select
    (regexp_instr('a
b', 'a.b') > 0) as c0,
    (regexp_instr('a
b', 'a\\sb') > 0) as c1,
    (regexp_instr('a
b', 'a$') > 0) as c2,
    (regexp_instr('ö', '^\\w$') > 0) as c3,
    (regexp_instr('7.5', '^[0-9.]+$') > 0) as c4,
    (regexp_instr('a
', '^[A-Za-z0-9_][ 	
]+$') > 0) as c5,
    (regexp_instr('a b	cde', '^(\\S\\s)+\\S$') > 0) as c6,
    (regexp_instr('a cat sat', '\\bcat\\b') > 0) as c7,
    (regexp_instr('concatenate', '\\bcat\\b') > 0) as c8,
    (regexp_instr('[x]', '^[[]x[]]$') > 0) as c9,
    (regexp_instr('aaa', '^a{2}$') > 0) as c10

-- regexp_extract gives the first match or a group of it
select
    nullif(regexp_substr('tel 030-12, 040-34', '\\d+-\\d+'), '') as c0,
    nullif(regexp_substr('tel 030-12, 040-34', '(\\d+)-(\\d+)'), '') as c1,
    nullif(regexp_substr('tel 030-12, 040-34', '(\\d+)-(\\d+)', 1, 1, 'e', 1), '') as c2,
    nullif(regexp_substr('tel 030-12, 040-34', '(\\d+)-(\\d+)', 1, 1, 'e', 2), '') as c3,
    nullif(regexp_substr('https://a.example/x?y', '^(https?)://([^/]+)', 1, 1, 'e', 2), '') as c4

-- regexp_extract gives null where it finds nothing
select
    nullif(regexp_substr('abc', '\\d'), '') as c0,
    nullif(regexp_substr('abc', 'a(\\d?)b', 1, 1, 'e', 1), '') as c1,
    nullif(regexp_substr('ac', 'a(b)?c', 1, 1, 'e', 1), '') as c2,
    nullif(regexp_substr(cast(null as varchar), 'a'), '') as c3

-- regexp_replace replaces every match
select
    regexp_replace('a-b-c', '-', '+') as c0,
    regexp_replace('2024-02-29', '(\\d+)-(\\d+)-(\\d+)', '\\3.\\2.\\1') as c1,
    regexp_replace('  a   b ', '\\s+', '') as c2,
    regexp_replace('abc', 'x', 'y') as c3,
    regexp_replace('it''s', '''', '''''') as c4,
    regexp_replace(cast(null as varchar), 'a', 'b') as c5

-- array_length is zero for an empty array
select
    array_size(array_construct(4, 5, 6)) as c0,
    array_size(array_construct()) as c1

-- array_contains of numbers
select
    case when array_construct(1, 2) is not null and 2 is not null then array_contains(to_variant(2), array_construct(1, 2)) end as c0,
    case when array_construct(1, 2) is not null and 3 is not null then array_contains(to_variant(3), array_construct(1, 2)) end as c1,
    case when array_construct() is not null and 3 is not null then array_contains(to_variant(3), array_construct()) end as c2

-- array_contains of texts, in their case
select
    case when array_construct('b', 'a', 'it''s') is not null and 'a' is not null then array_contains(to_variant('a'), array_construct('b', 'a', 'it''s')) end as c0,
    case when array_construct('b', 'a', 'it''s') is not null and 'A' is not null then array_contains(to_variant('A'), array_construct('b', 'a', 'it''s')) end as c1,
    case when array_construct('b', 'a', 'it''s') is not null and cast(null as varchar) is not null then array_contains(to_variant(cast(null as varchar)), array_construct('b', 'a', 'it''s')) end as c2

-- array_to_text, also of an empty array
select
    array_to_string(array_compact(array_construct(1, 2, 3)), ', ') as c0,
    array_to_string(array_compact(array_construct('b', 'a', 'it''s')), '''') as c1,
    array_to_string(array_compact(array_construct()), ',') as c2

-- dbt.array_append and dbt.array_concat of empty arrays
select
    array_to_string(array_compact(array_append(array_construct(), 7)), ',') as c0,
    array_to_string(array_compact(array_cat(array_construct(), array_construct(1, 2))), ',') as c1,
    array_to_string(array_compact(array_cat(array_construct(1, 2), array_construct())), ',') as c2,
    array_size(array_cat(array_construct(), array_construct())) as c3,
    array_size(array_append(array_construct(1, 2), 2)) as c4

-- unnest_array gives a row per element, with its place from zero
select item.index, cast(item.value as varchar) as value
from (select array_construct('b', 'a', 'it''s') as list) as listed
cross join lateral flatten(input => listed.list) as item

-- unnest_array gives no rows for an empty array
select item.index, cast(item.value as varchar) as value
from (select array_construct() as list) as listed
cross join lateral flatten(input => listed.list) as item
