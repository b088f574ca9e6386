{#
    What a pattern (see regexp_pattern) finds first in a text, in its case: the whole, or the group
    with a number from 1. Null where nothing is found or what is found is empty.
#}
{% macro regexp_extract(text, pattern, group=0) %}
    {%- if group not in range(strata.regexp_parts(pattern).count('(') + 1) -%}
        {{- exceptions.raise_compiler_error(
            "The regular expression '" ~ pattern ~ "' has no group " ~ group ~ '.'
        ) -}}
    {%- endif -%}
    {%- set extract = adapter.dispatch('regexp_extract', 'strata') -%}
    {%- set found = extract(text, strata.regexp_pattern(pattern, group), group) -%}
    {{- return('nullif(' ~ found ~ ", '')") -}}
{% endmacro %}

{% macro duckdb__regexp_extract(text, pattern, group) %}
    {{- return('regexp_extract(' ~ text ~ ', ' ~ pattern ~ ', ' ~ group ~ ')') -}}
{% endmacro %}

{% macro postgres__regexp_extract(text, pattern, group) %}
    {{- return('(regexp_match(' ~ text ~ ', ' ~ pattern ~ '))[' ~ (group + 1) ~ ']') -}}
{% endmacro %}

{% macro snowflake__regexp_extract(text, pattern, group) %}
    {%- set wanted = ", 1, 1, 'e', " ~ group if group > 0 else '' -%}
    {{- return('regexp_substr(' ~ text ~ ', ' ~ pattern ~ wanted ~ ')') -}}
{% endmacro %}

{% macro bigquery__regexp_extract(text, pattern, group) %}
    {{- return('regexp_extract(' ~ text ~ ', ' ~ pattern ~ ')') -}}
{% endmacro %}
