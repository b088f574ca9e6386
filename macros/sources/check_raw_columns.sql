{#
  Refuses a variable `<table>_columns` that leaves out a column the table needs or names one it does
  not have: a name written wrongly would otherwise fill a column with nulls and lose every row.
#}
{% macro check_raw_columns(table_name, mapping) %}
    {%- for tables in raw_tables().values() if table_name in tables -%}
        {%- set columns = tables[table_name] -%}
        {%- set known = columns['needed'] + columns['optional'] -%}
        {%- for name in mapping if name not in known -%}
            {{ exceptions.raise_compiler_error(
                'The variable ' ~ table_name ~ '_columns names "' ~ name
                ~ '", which is no column of ' ~ table_name ~ '. Its columns: '
                ~ known | join(', ') ~ '.'
            ) }}
        {%- endfor -%}
        {%- for name in columns['needed'] if name not in mapping -%}
            {{ exceptions.raise_compiler_error(
                'The variable ' ~ table_name ~ '_columns lacks "' ~ name
                ~ '". Say which column of your file or table it is.'
            ) }}
        {%- endfor -%}
    {%- endfor -%}
{% endmacro %}
