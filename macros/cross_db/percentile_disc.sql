{#
    An exact percentile of a group's values (numbers, dates, texts) that is one of them: the first
    in order which at least `fraction` of the values do not exceed. Nulls do not count; of no
    values it is null.
#}
{% macro percentile_disc(expression, fraction) %}
    {{- strata.check_fraction('percentile_disc', fraction) -}}
    {#- In doubles 0.07 of 100 values are more than 7: less than their rounding is taken off. -#}
    {{- return(adapter.dispatch('percentile_disc', 'strata')(
        expression, [fraction - 1e-15, 0] | max
    )) -}}
{% endmacro %}

{% macro default__percentile_disc(expression, fraction) %}
    {{- return('percentile_disc(' ~ fraction ~ ') within group (order by ' ~ expression ~ ')') -}}
{% endmacro %}

{% macro bigquery__percentile_disc(expression, fraction) %}
    {#- The function of this name is a window's: the sorted group is read instead. -#}
    {{- return('array_agg(' ~ expression ~ ' ignore nulls order by ' ~ expression
        ~ ')[safe_offset(greatest(cast(ceil(' ~ fraction ~ ' * count(' ~ expression
        ~ ')) as int64), 1) - 1)]') -}}
{% endmacro %}
