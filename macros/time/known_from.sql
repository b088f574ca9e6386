{# The first as_of date at which a row that landed at `loaded_at` counts. #}
{% macro known_from(loaded_at) %}
    {{ return(next_midnight(loaded_at, var('load_grace_hours', 0))) }}
{% endmacro %}
