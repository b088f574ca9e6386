{#
  The day, exclusive, up to which facts count. It is settled once per run and the same for every
  model; while the project is only read it may still be open.
#}
{% macro as_of() %}
    {%- set day = var('as_of_date', none) -%}
    {%- if day is none and execute -%}
        {{ exceptions.raise_compiler_error(
            "The variable as_of_date is not set, and the sources that are on hold no row to take it"
            ~ " from. Check your data, or pass --vars '{as_of_date: 2025-01-31}'."
        ) }}
    {%- endif -%}
    {%- if day is not none and not modules.re.match('[0-9]{4}-[0-9]{2}-[0-9]{2}$', day | string) -%}
        {{ exceptions.raise_compiler_error(
            'The variable as_of_date is "' ~ day ~ '". Write a day such as 2025-01-31.'
        ) }}
    {%- endif -%}
    {{ return("cast('" ~ (day or '1970-01-01') ~ "' as date)") }}
{% endmacro %}
