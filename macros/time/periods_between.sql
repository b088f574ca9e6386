{# Whole periods from one period start to a later one. Both must be starts of the same grain. #}
{% macro periods_between(grain, start, end) %}
    {%- set days = dbt.datediff(start, end, 'day') | trim -%}
    {%- set months = dbt.datediff(start, end, 'month') | trim -%}
    {%- set counts = {
        'day': days,
        'week': 'floor(' ~ days ~ ' / 7.0)',
        'month': months,
        'quarter': 'floor(' ~ months ~ ' / 3.0)',
        'year': 'floor(' ~ months ~ ' / 12.0)',
    } -%}
    {{ return('cast(' ~ counts[grain] ~ ' as integer)') }}
{% endmacro %}
