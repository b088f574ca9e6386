{# Seconds from one timestamp to a later one, with fractions, as double precision. #}
{% macro seconds_between(start, end) %}
    {{- return(adapter.dispatch('seconds_between', 'strata')(start, end)) -}}
{% endmacro %}

{% macro default__seconds_between(start, end) %}
    {{- return('cast(extract(epoch from (' ~ end ~ ' - ' ~ start ~ ')) as double precision)') -}}
{% endmacro %}

{% macro snowflake__seconds_between(start, end) %}
    {#- As a double first: the quotient of whole numbers keeps six digits. -#}
    {{- return('(cast(datediff(microsecond, ' ~ start ~ ', ' ~ end ~ ') as float) / 1000000)') -}}
{% endmacro %}

{% macro bigquery__seconds_between(start, end) %}
    {{- return('(timestamp_diff(' ~ end ~ ', ' ~ start ~ ', microsecond) / 1000000)') -}}
{% endmacro %}
