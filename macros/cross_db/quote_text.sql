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

{% macro bigquery__quote_text(text) %}
    {#- A doubled quote would end the literal, and a line may not end inside one. -#}
    {%- set escaped = text | replace('\\', '\\\\') | replace("'", "\\'")
        | replace('\n', '\\n') | replace('\r', '\\r') -%}
    {{- return("'" ~ escaped ~ "'") -}}
{% endmacro %}
