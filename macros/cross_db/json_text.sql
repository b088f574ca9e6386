{#
    The text, number or boolean at a path (see json_path_steps) of a JSON value, as text. Null where
    there is none, and for a null of JSON, an object or an array.
#}
{% macro json_text(expression, path) %}
    {{- return(adapter.dispatch('json_text', 'strata')(expression, path)) -}}
{% endmacro %}

{% macro duckdb__json_text(expression, path) %}
    {{- return('json_extract_string(json_value(' ~ expression ~ ', ' ~ strata.json_path(path)
        ~ "), '$')") -}}
{% endmacro %}

{% macro postgres__json_text(expression, path) %}
    {%- set part = strata.json_query(expression, path) -%}
    {{- return('case when jsonb_typeof(' ~ part ~ ") not in ('object', 'array') then " ~ part
        ~ " #>> '{}' end") -}}
{% endmacro %}

{% macro snowflake__json_text(expression, path) %}
    {%- set part = strata.json_query(expression, path) -%}
    {{- return('case when typeof(' ~ part ~ ") not in ('OBJECT', 'ARRAY') then cast(" ~ part
        ~ ' as varchar) end') -}}
{% endmacro %}

{% macro bigquery__json_text(expression, path) %}
    {{- return('json_value(' ~ expression ~ ', ' ~ strata.json_path(path) ~ ')') -}}
{% endmacro %}
