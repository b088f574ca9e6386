{# Seconds from one timestamp to a later one, with fractions, as double precision. #}
{% macro seconds_between(start, end) %}
    {{- return(adapter.dispatch('seconds_between', 'strata')(start, end)) -}}
{% endmacro %}

{% macro default__seconds_between(start, end) %}
    {{- return('cast(extract(epoch from (' ~ end ~ ' - ' ~ start ~ ')) as double precision)') -}}
{% endmacro %}
