{# How many elements an array has: 0 for an empty one, null for null. #}
{% macro array_length(array) %}
    {{- return(adapter.dispatch('array_length', 'strata')(array)) -}}
{% endmacro %}

{% macro duckdb__array_length(array) %}
    {{- return('len(' ~ array ~ ')') -}}
{% endmacro %}

{% macro postgres__array_length(array) %}
    {#- array_length() of an empty array is null. -#}
    {{- return('cardinality(' ~ array ~ ')') -}}
{% endmacro %}

{% macro snowflake__array_length(array) %}
    {{- return('array_size(' ~ array ~ ')') -}}
{% endmacro %}

{% macro bigquery__array_length(array) %}
    {{- return('array_length(' ~ array ~ ')') -}}
{% endmacro %}
