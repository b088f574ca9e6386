{#
    A table expression with a row per element of an array, for the right side of a cross join:
    `value` is the element (a variant on Snowflake: cast it), `index` its place from 0. No rows
    where the array is empty or null.
#}
{% macro unnest_array(array, alias) %}
    {{- return(adapter.dispatch('unnest_array', 'strata')(array, alias)) -}}
{% endmacro %}

{% macro default__unnest_array(array, alias) %}
    {{- return('lateral (select element.value, element.place - 1 as index from unnest(' ~ array
        ~ ') with ordinality as element(value, place)) as ' ~ alias) -}}
{% endmacro %}

{% macro snowflake__unnest_array(array, alias) %}
    {{- return('lateral flatten(input => ' ~ array ~ ') as ' ~ alias) -}}
{% endmacro %}

{% macro bigquery__unnest_array(array, alias) %}
    {#- Arrays alone may refer to other tables there, so both columns are fields of one. -#}
    {{- return('unnest(array(select struct(element as value, place as index) from unnest(' ~ array
        ~ ') as element with offset as place)) as ' ~ alias) -}}
{% endmacro %}
