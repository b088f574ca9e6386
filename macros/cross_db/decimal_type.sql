{# The type of exact numbers with so many digits before and after the point, or as many as fit. #}
{% macro decimal_type(whole, scale) %}
    {{- return(adapter.dispatch('decimal_type', 'strata')(whole, scale)) -}}
{% endmacro %}

{% macro default__decimal_type(whole, scale) %}
    {{- return('decimal(' ~ [whole + scale, 38] | min ~ ', ' ~ scale ~ ')') -}}
{% endmacro %}

{% macro postgres__decimal_type(whole, scale) %}
    {%- set digits = whole + scale -%}
    {{- return('numeric' if digits > 1000 else 'numeric(' ~ digits ~ ', ' ~ scale ~ ')') -}}
{% endmacro %}

{% macro bigquery__decimal_type(whole, scale) %}
    {{- return('numeric' if whole <= 29 and scale <= 9 else 'bignumeric') -}}
{% endmacro %}
