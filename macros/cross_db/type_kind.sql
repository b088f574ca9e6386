{#
    What a column holds: whole, exact or float numbers, text, date or timestamp; any other type is
    a kind of its own.
#}
{% macro type_kind(column) %}
    {%- set type = (column.dtype | lower).split('(')[0] | trim -%}
    {%- set kinds = {
        'whole': ['tinyint', 'smallint', 'integer', 'bigint', 'hugeint', 'int64'],
        'exact': ['numeric', 'decimal', 'number', 'bignumeric'],
        'float': ['float', 'real', 'double', 'double precision', 'float64'],
        'text': ['text', 'varchar', 'character varying', 'character', 'char', 'bpchar', 'string'],
        'date': ['date'],
        'timestamp': ['timestamp', 'timestamp without time zone', 'timestamp_ntz']
    } -%}
    {%- for kind, types in kinds.items() if type in types -%}
        {{- return(kind) -}}
    {%- endfor -%}
    {{- return(column.data_type | lower) -}}
{% endmacro %}
