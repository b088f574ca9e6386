{#
  The SQL expression of a raw column. Where the variable `<table>_columns` maps our names to the
  columns (or expressions) of a table of your own, a name that it leaves out becomes `fallback`.
#}
{% macro raw_column(table_name, column_name, fallback='null') %}
    {%- set mapping = var(table_name ~ '_columns', none) -%}
    {%- if not mapping -%}
        {{ return(column_name) }}
    {%- endif -%}
    {%- do check_raw_columns(table_name, mapping) -%}
    {{ return(mapping.get(column_name, fallback)) }}
{% endmacro %}
