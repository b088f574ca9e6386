{#
  A raw column as a UTC timestamp. Text is read by the format in `<table>_timestamp_format`
  (words YYYY, MM, DD, HH24, MI, SS) where that variable is set, as ISO 8601 where it is not.
#}
{% macro raw_timestamp(table_name, column_name, fallback='null') %}
    {%- set expression = raw_column(table_name, column_name, fallback) -%}
    {%- set format = var(table_name ~ '_timestamp_format', none) -%}
    {%- if format and expression != fallback -%}
        {{ return(parse_timestamp(expression, format)) }}
    {%- endif -%}
    {{ return('cast(' ~ expression ~ ' as timestamp)') }}
{% endmacro %}
