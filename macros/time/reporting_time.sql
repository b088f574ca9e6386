{# A UTC timestamp as the wall clock of the reporting timezone. #}
{% macro reporting_time(timestamp) %}
    {%- set timezone = var('timezone', 'UTC') -%}
    {{ return(timestamp if timezone == 'UTC' else at_timezone(timestamp, timezone)) }}
{% endmacro %}
