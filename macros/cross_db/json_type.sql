{# The type of a column that holds JSON. #}
{% macro json_type() %}
    {{- return(adapter.dispatch('json_type', 'strata')()) -}}
{% endmacro %}

{% macro default__json_type() %}
    {{- return('json') -}}
{% endmacro %}

{% macro postgres__json_type() %}
    {#- Unlike json it can be compared, which distinct, unions and snapshots need. -#}
    {{- return('jsonb') -}}
{% endmacro %}

{% macro snowflake__json_type() %}
    {{- return('variant') -}}
{% endmacro %}
