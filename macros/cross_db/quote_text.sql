{# A text as an SQL literal. #}
{% macro quote_text(text) %}
    {{- return("'" ~ (text | string | replace("'", "''")) ~ "'") -}}
{% endmacro %}
