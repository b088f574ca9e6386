{#
    The elements of an array as one text with a delimiter between them; nulls are left out. An empty
    array gives an empty text, null gives null. Texts and whole numbers look the same everywhere;
    cast others before.
#}
{% macro array_to_text(array, delimiter) %}
    {{- return(adapter.dispatch('array_to_text', 'strata')(array, strata.quote_text(delimiter))) -}}
{% endmacro %}

{% macro default__array_to_text(array, delimiter) %}
    {{- return('array_to_string(' ~ array ~ ', ' ~ delimiter ~ ')') -}}
{% endmacro %}

{% macro snowflake__array_to_text(array, delimiter) %}
    {{- return('array_to_string(array_compact(' ~ array ~ '), ' ~ delimiter ~ ')') -}}
{% endmacro %}

{% macro bigquery__array_to_text(array, delimiter) %}
    {%- set texts = 'array(select cast(element as string) from unnest(' ~ array
        ~ ') as element with offset as place order by place)' -%}
    {{- return('case when ' ~ array ~ ' is not null then array_to_string(' ~ texts ~ ', '
        ~ delimiter ~ ') end') -}}
{% endmacro %}
