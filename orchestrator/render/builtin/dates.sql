{% macro current_timestamp() -%}
    {{ return(adapter.dispatch('current_timestamp', 'dbt')()) }}
{%- endmacro %}

{% macro default__current_timestamp() -%}
    now()
{%- endmacro %}

{% macro current_timestamp_backcompat() -%}
    {{ return(adapter.dispatch('current_timestamp_backcompat', 'dbt')()) }}
{%- endmacro %}

{% macro default__current_timestamp_backcompat() -%}
    cast(current_timestamp as {{ dbt.type_timestamp() }})
{%- endmacro %}

{% macro current_timestamp_in_utc_backcompat() -%}
    {{ return(adapter.dispatch('current_timestamp_in_utc_backcompat', 'dbt')()) }}
{%- endmacro %}

{% macro default__current_timestamp_in_utc_backcompat() -%}
    cast((current_timestamp at time zone 'utc') as {{ dbt.type_timestamp() }})
{%- endmacro %}

{% macro snapshot_get_time() -%}
    {{ return(adapter.dispatch('snapshot_get_time', 'dbt')()) }}
{%- endmacro %}

{% macro default__snapshot_get_time() -%}
    cast({{ dbt.current_timestamp() }} as timestamp)
{%- endmacro %}

{% macro date(year, month, day) -%}
    {{ return(adapter.dispatch('date', 'dbt')(year, month, day)) }}
{%- endmacro %}

{% macro default__date(year, month, day) -%}
    make_date({{ year }}, {{ month }}, {{ day }})
{%- endmacro %}

{% macro date_trunc(datepart, date) -%}
    {{ return(adapter.dispatch('date_trunc', 'dbt')(datepart, date)) }}
{%- endmacro %}

{% macro default__date_trunc(datepart, date) -%}
    date_trunc('{{ datepart }}', {{ date }})
{%- endmacro %}

{% macro dateadd(datepart, interval, from_date_or_timestamp) -%}
    {{ return(adapter.dispatch('dateadd', 'dbt')(datepart, interval, from_date_or_timestamp)) }}
{%- endmacro %}

{% macro default__dateadd(datepart, interval, from_date_or_timestamp) -%}
    {%- set unit = datepart | lower -%}
    {%- if unit == 'quarter' -%}
    {{ from_date_or_timestamp }} + (interval '1 month' * (3 * ({{ interval }})))
    {%- else -%}
    {{ from_date_or_timestamp }} + (interval '1 {{ unit }}' * ({{ interval }}))
    {%- endif -%}
{%- endmacro %}

{% macro duckdb__dateadd(datepart, interval, from_date_or_timestamp) -%}
    {%- set unit = datepart | lower -%}
    {%- set sizes = {'quarter': ('month', 3), 'week': ('day', 7)} -%}
    {%- set base, size = sizes.get(unit, (unit, 1)) -%}
    ({{ from_date_or_timestamp }} + cast({{ interval }} as bigint){{ ' * ' ~ size if size > 1 }} * interval 1 {{ base }})
{%- endmacro %}

{% macro datediff(first_date, second_date, datepart) -%}
    {{ return(adapter.dispatch('datediff', 'dbt')(first_date, second_date, datepart)) }}
{%- endmacro %}

{% macro default__datediff(first_date, second_date, datepart) -%}
    datediff({{ datepart }}, {{ first_date }}, {{ second_date }})
{%- endmacro %}

{% macro duckdb__datediff(first_date, second_date, datepart) -%}
    {%- set unit = datepart | lower -%}
    {%- if unit == 'week' -%}
    {{ dbt._weeks_between(first_date, second_date, '//') }}
    {%- else -%}
    (date_diff('{{ unit }}', {{ first_date }}::timestamp, {{ second_date }}::timestamp))
    {%- endif -%}
{%- endmacro %}

{% macro postgres__datediff(first_date, second_date, datepart) -%}
    {%- set unit = datepart | lower -%}
    {%- set first, second = '(' ~ first_date ~ ')', '(' ~ second_date ~ ')' -%}
    {%- set smaller = {'hour': ('day', 24), 'minute': ('hour', 60), 'second': ('minute', 60)} -%}
    {%- set fractions = {'millisecond': 60000, 'microsecond': 60000000} -%}
    {%- if unit == 'year' -%}
    (date_part('year', {{ second }}::date) - date_part('year', {{ first }}::date))
    {%- elif unit in ('quarter', 'month') -%}
    {%- set size = 4 if unit == 'quarter' else 12 -%}
    ({{ dbt.datediff(first_date, second_date, 'year') }} * {{ size }} + date_part('{{ unit }}', {{ second }}::date) - date_part('{{ unit }}', {{ first }}::date))
    {%- elif unit == 'week' -%}
    {{ dbt._weeks_between(first_date, second_date, '/') }}
    {%- elif unit == 'day' -%}
    ({{ second }}::date - {{ first }}::date)
    {%- elif unit in smaller -%}
    {%- set larger, size = smaller[unit] -%}
    ({{ dbt.datediff(first_date, second_date, larger) }} * {{ size }} + floor(date_part('{{ unit }}', {{ second }}::timestamp)) - floor(date_part('{{ unit }}', {{ first }}::timestamp)))
    {%- elif unit in fractions -%}
    ({{ dbt.datediff(first_date, second_date, 'minute') }} * {{ fractions[unit] }} + floor(date_part('{{ unit }}', {{ second }}::timestamp)) - floor(date_part('{{ unit }}', {{ first }}::timestamp)))
    {%- else -%}
    {{ exceptions.raise_compiler_error('datediff on Postgres does not know the date part "' ~ datepart ~ '".') }}
    {%- endif -%}
{%- endmacro %}

{% macro last_day(date, datepart) -%}
    {{ return(adapter.dispatch('last_day', 'dbt')(date, datepart)) }}
{%- endmacro %}

{% macro default__last_day(date, datepart) -%}
    {{ dbt.default_last_day(date, datepart) }}
{%- endmacro %}

{% macro get_intervals_between(start_date, end_date, datepart) -%}
    {{ return(adapter.dispatch('get_intervals_between', 'dbt')(start_date, end_date, datepart)) }}
{%- endmacro %}

{% macro default__get_intervals_between(start_date, end_date, datepart) -%}
    {%- if not execute -%}
        {{ return(1) }}
    {%- endif -%}
    {%- set found = run_query('select ' ~ dbt.datediff(start_date, end_date, datepart)) -%}
    {{ return(found.rows[0][0] | int) }}
{%- endmacro %}

{% macro generate_series(upper_bound) -%}
    {{ return(adapter.dispatch('generate_series', 'dbt')(upper_bound)) }}
{%- endmacro %}

{% macro default__generate_series(upper_bound) -%}
    select generated_number from generate_series(1, {{ upper_bound }}) as series(generated_number)
{%- endmacro %}

{% macro get_powers_of_two(upper_bound) -%}
    {{ return(adapter.dispatch('get_powers_of_two', 'dbt')(upper_bound)) }}
{%- endmacro %}

{% macro default__get_powers_of_two(upper_bound) -%}
    {%- if upper_bound <= 0 -%}
        {{ exceptions.raise_compiler_error('upper bound must be positive') }}
    {%- endif -%}
    {%- for power in range(1, 100) if upper_bound <= 2 ** power -%}
        {{ return(power) }}
    {%- endfor -%}
{%- endmacro %}

{% macro date_spine(datepart, start_date, end_date) -%}
    {{ return(adapter.dispatch('date_spine', 'dbt')(datepart, start_date, end_date)) }}
{%- endmacro %}

{% macro default__date_spine(datepart, start_date, end_date) -%}
    with numbers as (
        {{ dbt.generate_series(dbt.get_intervals_between(start_date, end_date, datepart)) }}
    ),

    all_periods as (
        select ({{ dbt.dateadd(datepart, 'generated_number - 1', start_date) }}) as date_{{ datepart }}
        from numbers
    ),

    filtered as (
        select *
        from all_periods
        where date_{{ datepart }} <= {{ end_date }}
    )

    select * from filtered
{%- endmacro %}

{% macro default_last_day(date, datepart) -%}
    cast({{ dbt.dateadd('day', -1, dbt.dateadd(datepart, 1, dbt.date_trunc(datepart, date))) }} as date)
{%- endmacro %}

{# Boundaries between Sundays that lie between two dates, as dbt counts weeks. `//` divides integers where `/` does not. #}
{% macro _weeks_between(first_date, second_date, divide) -%}
    ({{ dbt.datediff(first_date, second_date, 'day') }} {{ divide }} 7 + case
        when date_part('dow', ({{ first_date }})::timestamp) <= date_part('dow', ({{ second_date }})::timestamp)
            then case when {{ first_date }} <= {{ second_date }} then 0 else -1 end
        else case when {{ first_date }} <= {{ second_date }} then 1 else 0 end
    end)
{%- endmacro %}

{% macro convert_datetime(date_str, date_fmt) %}
    {{ return(modules.datetime.datetime.strptime(date_str | trim, date_fmt)) }}
{% endmacro %}

{% macro dates_in_range(start_date_str, end_date_str=none, in_fmt='%Y%m%d', out_fmt='%Y%m%d') %}
    {%- set start_date = convert_datetime(start_date_str, in_fmt) -%}
    {%- set end_date = convert_datetime(end_date_str or start_date_str, in_fmt) -%}
    {%- set days = (end_date - start_date).days -%}
    {%- if days < 0 -%}
        {{ exceptions.raise_compiler_error('The range starts after it ends: ' ~ start_date ~ ', ' ~ end_date) }}
    {%- endif -%}
    {%- set dates = [] -%}
    {%- for day in range(days + 1) -%}
        {%- set date = start_date + modules.datetime.timedelta(days=day) -%}
        {%- do dates.append(date.strftime(out_fmt) if out_fmt else date) -%}
    {%- endfor -%}
    {{ return(dates) }}
{% endmacro %}

{% macro partition_range(raw_partition_date, date_fmt='%Y%m%d') %}
    {%- set parts = (raw_partition_date | string).split(',') -%}
    {%- if parts | length > 2 -%}
        {{ exceptions.raise_compiler_error('A partition range is START or START,END, not ' ~ raw_partition_date) }}
    {%- endif -%}
    {{ return(dates_in_range(parts[0], parts[1] if parts | length == 2 else none, in_fmt=date_fmt)) }}
{% endmacro %}

{% macro py_current_timestring() %}
    {{ return(modules.datetime.datetime.now().strftime('%Y%m%d%H%M%S%f')) }}
{% endmacro %}
