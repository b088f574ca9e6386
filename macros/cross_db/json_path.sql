{# A path (see json_path_steps) as the warehouse's own functions take it. #}
{% macro json_path(path) %}
    {{- return(adapter.dispatch('json_path', 'strata')(strata.json_path_steps(path))) -}}
{% endmacro %}

{% macro default__json_path(steps) %}
    {%- set texts = ['$'] -%}
    {%- for step in steps -%}
        {%- do texts.append('[' ~ step ~ ']' if step is number else '."' ~ step ~ '"') -%}
    {%- endfor -%}
    {{- return(strata.quote_text(texts | join)) -}}
{% endmacro %}

{% macro snowflake__json_path(steps) %}
    {#- In brackets, as JavaScript has keys that are no names. -#}
    {%- set texts = [] -%}
    {%- for step in steps -%}
        {%- do texts.append('[' ~ step ~ ']' if step is number else '["' ~ step ~ '"]') -%}
    {%- endfor -%}
    {{- return(strata.quote_text(texts | join)) -}}
{% endmacro %}

{% macro postgres__json_path(steps) %}
    {%- set texts = [] -%}
    {%- for step in steps -%}
        {%- do texts.append(strata.quote_text(step)) -%}
    {%- endfor -%}
    {{- return('array[' ~ texts | join(', ') ~ ']') -}}
{% endmacro %}
