{# A table expression with one column `n`: the whole numbers 0 to `last`. #}
{% macro number_series(last, alias) %}
    {{- return(adapter.dispatch('number_series', 'strata')(last, alias)) -}}
{% endmacro %}

{% macro default__number_series(last, alias) %}
    {{- return('generate_series(0, ' ~ last ~ ') as ' ~ alias ~ '(n)') -}}
{% endmacro %}

{% macro snowflake__number_series(last, alias) %}
    {#- Rows are numbered, since the sequence of a generator may have gaps. -#}
    {{- return(
        '(select row_number() over (order by seq8()) - 1 as n from table(generator(rowcount => '
        ~ [last + 1, 0] | max ~ '))) as ' ~ alias
    ) -}}
{% endmacro %}

{% macro bigquery__number_series(last, alias) %}
    {{- return('(select n from unnest(generate_array(0, ' ~ last ~ ')) as n) as ' ~ alias) -}}
{% endmacro %}
