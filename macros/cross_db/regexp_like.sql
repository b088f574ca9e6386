{#
    Whether a pattern (see regexp_pattern) is found anywhere in a text, in its case. Null gives
    null.
#}
{% macro regexp_like(text, pattern) %}
    {{- return(adapter.dispatch('regexp_like', 'strata')(text, strata.regexp_pattern(pattern))) -}}
{% endmacro %}

{% macro duckdb__regexp_like(text, pattern) %}
    {{- return('regexp_matches(' ~ text ~ ', ' ~ pattern ~ ')') -}}
{% endmacro %}

{% macro postgres__regexp_like(text, pattern) %}
    {{- return('(' ~ text ~ ' ~ ' ~ pattern ~ ')') -}}
{% endmacro %}

{% macro snowflake__regexp_like(text, pattern) %}
    {#- regexp_like() there wants the whole text to match. -#}
    {{- return('(regexp_instr(' ~ text ~ ', ' ~ pattern ~ ') > 0)') -}}
{% endmacro %}

{% macro bigquery__regexp_like(text, pattern) %}
    {{- return('regexp_contains(' ~ text ~ ', ' ~ pattern ~ ')') -}}
{% endmacro %}
