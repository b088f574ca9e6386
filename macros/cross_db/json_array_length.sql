{#
    How many elements a JSON array has, or the one at a path (see json_path_steps). Null where there
    is no array.
#}
{% macro json_array_length(expression, path=none) %}
    {%- set array = expression if path is none else strata.json_query(expression, path) -%}
    {{- return(adapter.dispatch('json_array_length', 'strata')(array)) -}}
{% endmacro %}

{% macro duckdb__json_array_length(array) %}
    {{- return('case when json_type(' ~ array ~ ") = 'ARRAY' then cast(json_array_length(" ~ array
        ~ ') as bigint) end') -}}
{% endmacro %}

{% macro postgres__json_array_length(array) %}
    {%- set value = 'cast(' ~ array ~ ' as jsonb)' -%}
    {{- return('case when jsonb_typeof(' ~ value ~ ") = 'array' then jsonb_array_length(" ~ value
        ~ ') end') -}}
{% endmacro %}

{% macro snowflake__json_array_length(array) %}
    {{- return('array_size(' ~ array ~ ')') -}}
{% endmacro %}

{% macro bigquery__json_array_length(array) %}
    {{- return('array_length(json_query_array(' ~ array ~ '))') -}}
{% endmacro %}
