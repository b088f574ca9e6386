{# A text as an SQL literal. #}
{% macro quote_text(text) %}
    {{- return(adapter.dispatch('quote_text', 'strata')(text | string)) -}}
{% endmacro %}

{% macro default__quote_text(text) %}
    {{- return("'" ~ (text | replace("'", "''")) ~ "'") -}}
{% endmacro %}

{% macro snowflake__quote_text(text) %}
    {#- A backslash in a literal starts an escape. -#}
    {{- return("'" ~ (text | replace('\\', '\\\\') | replace("'", "''")) ~ "'") -}}
{% endmacro %}
