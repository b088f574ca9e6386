{# Reads a timestamp from text (or from a number such as 19970101) by a format in SQL words. #}
{% macro parse_timestamp(expression, format) %}
    {{- return(adapter.dispatch('parse_timestamp', 'strata')(expression, format)) -}}
{% endmacro %}

{% macro default__parse_timestamp(expression, format) %}
    {#- The instant read in the session's timezone has the wall clock of the text there. -#}
    {{- return("cast(to_timestamp(cast(" ~ expression ~ " as varchar), '" ~ format
        ~ "') as timestamp)") -}}
{% endmacro %}

{% macro duckdb__parse_timestamp(expression, format) %}
    {%- set pattern = format
        | replace('YYYY', '%Y') | replace('MM', '%m') | replace('DD', '%d')
        | replace('HH24', '%H') | replace('MI', '%M') | replace('SS', '%S') -%}
    {{- return("strptime(cast(" ~ expression ~ " as varchar), '" ~ pattern ~ "')") -}}
{% endmacro %}

{% macro snowflake__parse_timestamp(expression, format) %}
    {{- return("to_timestamp_ntz(cast(" ~ expression ~ " as varchar), '" ~ format ~ "')") -}}
{% endmacro %}

{% macro bigquery__parse_timestamp(expression, format) %}
    {%- set pattern = format
        | replace('YYYY', '%Y') | replace('MM', '%m') | replace('DD', '%d')
        | replace('HH24', '%H') | replace('MI', '%M') | replace('SS', '%S') -%}
    {{- return("parse_timestamp('" ~ pattern ~ "', cast(" ~ expression ~ " as string))") -}}
{% endmacro %}
