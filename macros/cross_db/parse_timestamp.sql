{# Reads a timestamp from text (or from a number such as 19970101) by a format in SQL words. #}
{% macro parse_timestamp(expression, format) %}
    {{- return(adapter.dispatch('parse_timestamp', 'strata')(expression, format)) -}}
{% endmacro %}

{% macro default__parse_timestamp(expression, format) %}
    {{- return("cast(to_timestamp(cast(" ~ expression ~ " as varchar), '" ~ format
        ~ "') as timestamp)") -}}
{% endmacro %}

{% macro postgres__parse_timestamp(expression, format) %}
    {#- Postgres gives an instant; its UTC wall clock is the timestamp meant. -#}
    {{- return("to_timestamp(cast(" ~ expression ~ " as varchar) || ' UTC', '" ~ format
        ~ " TZ') at time zone 'UTC'") -}}
{% endmacro %}

{% macro duckdb__parse_timestamp(expression, format) %}
    {%- set pattern = format
        | replace('YYYY', '%Y') | replace('MM', '%m') | replace('DD', '%d')
        | replace('HH24', '%H') | replace('MI', '%M') | replace('SS', '%S') -%}
    {{- return("strptime(cast(" ~ expression ~ " as varchar), '" ~ pattern ~ "')") -}}
{% endmacro %}
