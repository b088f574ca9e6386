{# The variable cohort_kinds, checked: a word it does not know would count something else. #}
{% macro cohort_kinds() %}
    {%- set words = {
        'type': ['first_ever', 'recurring'],
        'grain': ['day', 'week', 'month', 'quarter', 'year'],
        'clock': ['calendar', 'rolling_24h'],
    } -%}
    {%- if not var('cohort_kinds') -%}
        {{ exceptions.raise_compiler_error('The variable cohort_kinds names no kind of cohort.') }}
    {%- endif -%}
    {%- for kind in var('cohort_kinds') -%}
        {%- for key, allowed in words.items() if kind.get(key) not in allowed -%}
            {{ exceptions.raise_compiler_error(
                'The ' ~ key ~ ' of a cohort in cohort_kinds is "' ~ kind.get(key)
                ~ '"; it must be one of ' ~ allowed | join(', ') ~ '.'
            ) }}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(var('cohort_kinds')) }}
{% endmacro %}
