{#
    The part of a JSON value at a path (see json_path_steps), as JSON. Null where there is none; a
    null of JSON stays one.
#}
{% macro json_query(expression, path) %}
    {{- return(adapter.dispatch('json_query', 'strata')(expression, path)) -}}
{% endmacro %}

{% macro duckdb__json_query(expression, path) %}
    {{- return('json_extract(' ~ expression ~ ', ' ~ strata.json_path(path) ~ ')') -}}
{% endmacro %}

{% macro postgres__json_query(expression, path) %}
    {{- return('(cast(' ~ expression ~ ' as jsonb) #> ' ~ strata.json_path(path) ~ ')') -}}
{% endmacro %}

{% macro snowflake__json_query(expression, path) %}
    {{- return('get_path(' ~ expression ~ ', ' ~ strata.json_path(path) ~ ')') -}}
{% endmacro %}

{% macro bigquery__json_query(expression, path) %}
    {{- return('json_query(' ~ expression ~ ', ' ~ strata.json_path(path) ~ ')') -}}
{% endmacro %}
