{# The type of a double precision number. #}
{% macro double_type() %}
    {{- return(adapter.dispatch('double_type', 'strata')()) -}}
{% endmacro %}

{% macro default__double_type() %}
    {{- return('double precision') -}}
{% endmacro %}

{% macro bigquery__double_type() %}
    {{- return('float64') -}}
{% endmacro %}
