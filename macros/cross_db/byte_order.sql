{# Text as a sort key by its bytes, which is the same order on every warehouse. #}
{% macro byte_order(expression) %}
    {{- return(adapter.dispatch('byte_order', 'strata')(expression)) -}}
{% endmacro %}

{% macro default__byte_order(expression) %}
    {{- return(expression) -}}
{% endmacro %}

{% macro postgres__byte_order(expression) %}
    {{- return(expression ~ ' collate "C"') -}}
{% endmacro %}
