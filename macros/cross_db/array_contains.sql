{# Whether a value is an element of an array. Null where the array or the value is null. #}
{% macro array_contains(array, value) %}
    {%- set found = adapter.dispatch('array_contains', 'strata')(array, value) -%}
    {{- return('case when ' ~ array ~ ' is not null and ' ~ value ~ ' is not null then ' ~ found
        ~ ' end') -}}
{% endmacro %}

{% macro duckdb__array_contains(array, value) %}
    {{- return('list_contains(' ~ array ~ ', ' ~ value ~ ')') -}}
{% endmacro %}

{% macro postgres__array_contains(array, value) %}
    {#- Unknown where a null is among the elements and the value is not. -#}
    {{- return('coalesce(' ~ value ~ ' = any(' ~ array ~ '), false)') -}}
{% endmacro %}

{% macro snowflake__array_contains(array, value) %}
    {{- return('array_contains(to_variant(' ~ value ~ '), ' ~ array ~ ')') -}}
{% endmacro %}

{% macro bigquery__array_contains(array, value) %}
    {{- return(value ~ ' in unnest(' ~ array ~ ')') -}}
{% endmacro %}
