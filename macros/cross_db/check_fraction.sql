{# Stops a macro whose fraction is not a number from 0 to 1. #}
{% macro check_fraction(macro, fraction) %}
    {%- if fraction is not number or fraction is boolean or fraction < 0 or fraction > 1 -%}
        {{- exceptions.raise_compiler_error(
            macro ~ ' takes a fraction from 0 to 1, such as 0.9 for nine tenths, not '
            ~ fraction ~ '.'
        ) -}}
    {%- endif -%}
{% endmacro %}
