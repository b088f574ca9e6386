{#
    An exact percentile of a group's numbers, as double precision: `fraction` from 0 (the least) to
    1 (the greatest), interpolated between the two numbers it lies between. Nulls do not count; of
    no numbers it is null.
#}
{% macro percentile_cont(expression, fraction) %}
    {{- strata.check_fraction('percentile_cont', fraction) -}}
    {%- set number = 'cast(' ~ expression ~ ' as ' ~ strata.double_type() ~ ')' -%}
    {{- return(adapter.dispatch('percentile_cont', 'strata')(number, fraction)) -}}
{% endmacro %}

{% macro default__percentile_cont(number, fraction) %}
    {{- return('percentile_cont(' ~ fraction ~ ') within group (order by ' ~ number ~ ')') -}}
{% endmacro %}

{% macro bigquery__percentile_cont(number, fraction) %}
    {#- The function of this name is a window's: the sorted group is read instead. -#}
    {%- set sorted = 'array_agg(' ~ number ~ ' ignore nulls order by ' ~ number ~ ')' -%}
    {%- set place = fraction ~ ' * (count(' ~ number ~ ') - 1)' -%}
    {%- set low = sorted ~ '[safe_offset(cast(floor(' ~ place ~ ') as int64))]' -%}
    {%- set high = sorted ~ '[safe_offset(cast(ceil(' ~ place ~ ') as int64))]' -%}
    {{- return('(' ~ low ~ ' + (' ~ high ~ ' - ' ~ low ~ ') * (' ~ place ~ ' - floor('
        ~ place ~ ')))') -}}
{% endmacro %}
