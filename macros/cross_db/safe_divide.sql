{#
    The quotient as double precision: null where a side is null or the denominator is 0. One
    beyond the range of doubles is infinite, one too small for them 0; neither is an error.
#}
{% macro safe_divide(numerator, denominator) %}
    {%- set type = strata.double_type() -%}
    {{- return(adapter.dispatch('safe_divide', 'strata')(
        'cast(' ~ numerator ~ ' as ' ~ type ~ ')',
        'nullif(cast(' ~ denominator ~ ' as ' ~ type ~ '), 0)'
    )) -}}
{% endmacro %}

{% macro default__safe_divide(numerator, denominator) %}
    {{- return('(' ~ numerator ~ ' / ' ~ denominator ~ ')') -}}
{% endmacro %}

{% macro postgres__safe_divide(numerator, denominator) %}
    {#- A quotient out of range would be an error, so it is told before dividing. NaN is greater
        than any number there. -#}
    {%- set size, divisor = 'abs(' ~ numerator ~ ')', 'abs(' ~ denominator ~ ')' -%}
    {{- return('(case when ' ~ divisor ~ ' < 1 and ' ~ size ~ ' >= 1.7976931348623157e308 * '
        ~ divisor ~ ' then sign(' ~ denominator ~ ') * ' ~ numerator
        ~ " * double precision 'infinity' when " ~ divisor ~ ' > 1 and ' ~ divisor
        ~ " <= 'infinity' and " ~ size ~ ' < 2.2250738585072014e-308 * ' ~ divisor
        ~ ' then 0 else ' ~ numerator ~ ' / ' ~ denominator ~ ' end)') -}}
{% endmacro %}

{% macro bigquery__safe_divide(numerator, denominator) %}
    {{- return('ieee_divide(' ~ numerator ~ ', ' ~ denominator ~ ')') -}}
{% endmacro %}
