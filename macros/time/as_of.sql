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
    {{ return("cast('" ~ (day or '1970-01-01') ~ "' as date)") }}
{% endmacro %}
