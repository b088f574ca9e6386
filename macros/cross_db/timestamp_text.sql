{# A UTC timestamp as text such as 2025-01-31 08:15:00, without an offset. #}
{% macro timestamp_text(expression) %}
    {{- return(adapter.dispatch('timestamp_text', 'strata')(expression)) -}}
{% endmacro %}

{% macro default__timestamp_text(expression) %}
    {{- return('cast(' ~ expression ~ ' as ' ~ dbt.type_string() ~ ')') -}}
{% endmacro %}

{% macro bigquery__timestamp_text(expression) %}
    {#- A moment would be written with its offset. -#}
    {{- return('cast(datetime(' ~ expression ~ ') as string)') -}}
{% endmacro %}

{% macro snowflake__timestamp_text(expression) %}
    {#- Three digits of the fraction would be written, whatever it is; elsewhere those it has. -#}
    {{- return("regexp_replace(to_varchar(" ~ expression
        ~ ", 'YYYY-MM-DD HH24:MI:SS.FF6'), '[.]?0+$', '')") -}}
{% endmacro %}
