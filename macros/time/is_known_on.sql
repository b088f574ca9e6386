{# Whether a staged row is the one that was known on a date: landed by then and not yet replaced. #}
{% macro is_known_on(rows, date, has_versions=false) %}
    {%- set landed = rows ~ '.known_from <= ' ~ date -%}
    {%- if has_versions -%}
        {{ return(
            '(' ~ landed ~ ' and (' ~ rows ~ '.known_until is null or '
            ~ rows ~ '.known_until > ' ~ date ~ '))'
        ) }}
    {%- endif -%}
    {{ return(landed) }}
{% endmacro %}
