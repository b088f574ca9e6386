{#
  Score 1 to 5 of a measure, 5 for the best. `direction` is the order from worst to best.
  Ties share the lower score by percent_rank; ntile settles them by account.
#}
{% macro rfm_score(measure, direction='asc') %}
    {%- if var('rfm_method') == 'percent_rank' -%}
        {%- set rank = 'percent_rank() over (order by ' ~ measure ~ ' ' ~ direction ~ ')' -%}
        {{ return('cast(least(5, 1 + floor(5 * ' ~ rank ~ ')) as integer)') }}
    {%- elif var('rfm_method') == 'ntile' -%}
        {%- set order = measure ~ ' ' ~ direction ~ ', ' ~ byte_order('account_id') -%}
        {{ return('cast(ntile(5) over (order by ' ~ order ~ ') as integer)') }}
    {%- endif -%}
    {{ exceptions.raise_compiler_error(
        'rfm_method is "' ~ var('rfm_method') ~ '"; it must be percent_rank, ntile or fixed.'
    ) }}
{% endmacro %}
