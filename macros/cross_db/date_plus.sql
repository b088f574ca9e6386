{# A date moved by whole days (or weeks, months, years), as a date. #}
{% macro date_plus(date, count, unit='day') %}
    {{- return('cast(' ~ (dbt.dateadd(unit, count, date) | trim) ~ ' as date)') -}}
{% endmacro %}
