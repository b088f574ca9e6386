{# Each combination of cohort type, grain and clock that the variables ask for. #}
{% macro cohort_kinds() %}
    {%- set kinds = [] -%}
    {%- for type in var('cohort_types') -%}
        {%- for grain in var('cohort_grains') -%}
            {%- for clock in var('cohort_clocks') -%}
                {%- do kinds.append({'type': type, 'grain': grain, 'clock': clock}) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(kinds) }}
{% endmacro %}
