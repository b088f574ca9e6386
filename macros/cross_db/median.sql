{# The median of a group's numbers, as double precision: see percentile_cont. #}
{% macro median(expression) %}
    {{- return(strata.percentile_cont(expression, 0.5)) -}}
{% endmacro %}
