{# How many digits a number needs before and after the point: a whole or exact number's column. #}
{% macro decimal_digits(column) %}
    {{- return(adapter.dispatch('decimal_digits', 'strata')(column)) -}}
{% endmacro %}

{% macro default__decimal_digits(column) %}
    {%- set type = column.dtype | lower -%}
    {%- set whole = {'tinyint': 3, 'smallint': 5, 'integer': 10, 'bigint': 19, 'hugeint': 38} -%}
    {%- if type in whole -%}
        {{- return((whole[type], 0)) -}}
    {%- endif -%}
    {{- return((column.numeric_precision - column.numeric_scale, column.numeric_scale)) -}}
{% endmacro %}

{% macro postgres__decimal_digits(column) %}
    {#- One without precision holds any number. -#}
    {%- if column.dtype | lower == 'numeric' and column.numeric_precision is none -%}
        {{- return((131072, 16383)) -}}
    {%- endif -%}
    {{- return(strata.default__decimal_digits(column)) -}}
{% endmacro %}

{% macro bigquery__decimal_digits(column) %}
    {#- A precision limits what is stored; any of them is computed with as many digits. -#}
    {%- set digits = {'int64': (19, 0), 'numeric': (29, 9), 'bignumeric': (38, 38)} -%}
    {{- return(digits[column.dtype | lower]) -}}
{% endmacro %}
