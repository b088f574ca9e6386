{#
    A table expression with a row per element of a JSON array, for the right side of a cross join:
    `value` is the element as JSON, `index` its place from 0. No rows where there is no array.
#}
{% macro json_elements(expression, alias) %}
    {{- return(adapter.dispatch('json_elements', 'strata')(expression, alias)) -}}
{% endmacro %}

{% macro duckdb__json_elements(expression, alias) %}
    {%- set array = 'case when json_type(' ~ expression ~ ") = 'ARRAY' then cast(" ~ expression
        ~ ' as json[]) end' -%}
    {{- return(strata.unnest_array(array, alias)) -}}
{% endmacro %}

{% macro postgres__json_elements(expression, alias) %}
    {%- set json = 'cast(' ~ expression ~ ' as jsonb)' -%}
    {%- set array = 'case when jsonb_typeof(' ~ json ~ ") = 'array' then " ~ json ~ ' end' -%}
    {{- return('lateral (select element.value, element.place - 1 as index from '
        ~ 'jsonb_array_elements(' ~ array ~ ') with ordinality as element(value, place)) as '
        ~ alias) -}}
{% endmacro %}

{% macro snowflake__json_elements(expression, alias) %}
    {{- return('lateral flatten(input => ' ~ expression ~ ", mode => 'ARRAY') as " ~ alias) -}}
{% endmacro %}

{% macro bigquery__json_elements(expression, alias) %}
    {{- return(strata.unnest_array('json_query_array(' ~ expression ~ ')', alias)) -}}
{% endmacro %}
