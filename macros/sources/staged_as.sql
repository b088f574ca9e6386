{#
  How a table's first staging model is kept: rows from a file as a table, since a view would read
  the file again for everything that stands on it; rows of the warehouse as a view.
#}
{% macro staged_as(table_name) %}
    {{ return('table' if var(table_name ~ '_file', none) else 'view') }}
{% endmacro %}
