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

-- median
select percentile_cont(0.5) within group (order by cast(amount as double precision)) as x from db.s.orders

-- seconds_between
select (cast(datediff(microsecond, ordered_at, shipped_at) as float) / 1000000) as x from db.s.orders
