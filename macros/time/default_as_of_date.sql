{#
  The day after the last complete day of data over the sources that are on, as text such as
  2025-02-01; none where there is no data. The last day that has data counts as complete if
  something landed in its last hours (`last_day_tolerance_hours`) or later, or where rows do not
  say when they landed.
#}
{% macro default_as_of_date() %}
    {%- set moments = {
        'crm': {'accounts': 'signup_at'},
        'product': {'users': 'created_at', 'events': 'event_at'},
        'billing': {'subscription_changes': 'changed_at', 'subscriptions': 'started_at'},
        'commerce': {'orders': 'ordered_at'},
    } -%}
    {%- set selects = [] -%}
    {%- for source_name, tables in moments.items() -%}
        {%- for table_name, moment in tables.items() -%}
            {%- if source_enabled(source_name, table_name) -%}
                {%- set event_at = raw_timestamp(table_name, moment) -%}
                {%- set loaded_at = raw_timestamp(table_name, '_loaded_at') -%}
                {%- do selects.append(
                    'select max(' ~ event_at ~ ') as event_at, max(' ~ loaded_at
                    ~ ') as loaded_at from ' ~ raw_relation(source_name, table_name)
                ) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if not selects -%}
        {{ return(none) }}
    {%- endif -%}
    {%- set query -%}
        with moments as (
            {{ selects | join('\n            union all\n            ') }}
        ),
        latest as (
            select
                cast({{ reporting_time('max(event_at)') }} as date) as last_date,
                {{ reporting_time('max(loaded_at)') }} as loaded_at
            from moments
        )
        select
            cast(
                case
                    when loaded_at < {{ dbt.dateadd(
                        'hour', 24 - var('last_day_tolerance_hours'), 'cast(last_date as timestamp)'
                    ) | trim }} then last_date
                    else {{ date_plus('last_date', 1) }}
                end as {{ dbt.type_string() }}
            ) as as_of_date
        from latest
    {%- endset -%}
    {{ return(run_query(query).columns[0].values()[0]) }}
{% endmacro %}
