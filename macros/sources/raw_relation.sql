{#
  Where the raw rows of a table are: the file that the variable `<table>_file` names, or else the
  warehouse table of the source.
#}
{% macro raw_relation(source_name, table_name) %}
    {%- if var(table_name ~ '_file', none) -%}
        {{ return(source(source_name, table_name ~ '_file')) }}
    {%- else -%}
        {{ return(source(source_name, 'raw_' ~ table_name)) }}
    {%- endif -%}
{% endmacro %}
