{# Fails for each value below `least` or above `most`; nulls pass. #}
{% test is_between(model, column_name, least=none, most=none) %}
    select {{ column_name }}
    from {{ model }}
    where
        {% if least is not none %}{{ column_name }} < {{ least }}{% else %}1 = 0{% endif %}
        or {% if most is not none %}{{ column_name }} > {{ most }}{% else %}1 = 0{% endif %}
{% endtest %}
