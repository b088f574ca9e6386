{#
  Age of a moment in a cohort, in whole periods of the grain: calendar periods since the cohort's
  own, or 24-hour intervals since the member entered (a week has 7 of them, a month 30).
#}
{% macro cohort_age(clock, grain, cohort_period, entered_at, moment) %}
    {%- if clock == 'calendar' -%}
        {{ return(periods_between(grain, cohort_period, period_start(grain, moment))) }}
    {%- endif -%}
    {%- set days = {'day': 1, 'week': 7, 'month': 30, 'quarter': 90, 'year': 365}[grain] -%}
    {{ return(
        'cast(floor(' ~ seconds_between(entered_at, moment) ~ ' / ' ~ days * 86400 ~ ') as integer)'
    ) }}
{% endmacro %}
