{# The first day of the day, week, month, quarter or year that holds a date. #}
{% macro period_start(grain, date) %}
    {%- set weekdays =
        ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] -%}
    {%- set first = var('week_start', 'monday') -%}
    {%- if first not in weekdays -%}
        {{ exceptions.raise_compiler_error(
            'week_start is "' ~ first ~ '"; it must be one of ' ~ weekdays | join(', ') ~ '.'
        ) }}
    {%- endif -%}
    {%- set shift = weekdays.index(first) -%}
    {%- if grain == 'day' -%}
        {{ return('cast(' ~ date ~ ' as date)') }}
    {%- elif grain == 'week' and shift > 0 -%}
        {%- set shifted = dbt.date_trunc('week', date_plus(date, -shift)) | trim -%}
        {{ return(date_plus(shifted, shift)) }}
    {%- else -%}
        {{ return('cast(' ~ (dbt.date_trunc(grain, date) | trim) ~ ' as date)') }}
    {%- endif -%}
{% endmacro %}
