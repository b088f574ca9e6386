{#
  The segments of vars.yml, checked: primary ones by priority, then the overlays. A segment
  without name, condition, objective, strategy or owner is an error; more than seven primary
  segments, or two with one strategy, are a warning.
#}
{% macro segment_definitions() %}
    {%- set primaries = [] -%}
    {%- set overlays = [] -%}
    {%- set names = [] -%}
    {%- set strategies = [] -%}
    {%- for segment in var('segments') -%}
        {%- for key in ['name', 'where', 'objective', 'strategy', 'owner'] -%}
            {%- if not segment.get(key) -%}
                {{ exceptions.raise_compiler_error(
                    'The segment "' ~ segment.get('name', loop.index) ~ '" has no ' ~ key
                    ~ '. Add it under "segments" in vars.yml.'
                ) }}
            {%- endif -%}
        {%- endfor -%}
        {%- set priority = segment.get('priority') -%}
        {%- if priority is not none and priority is not number -%}
            {{ exceptions.raise_compiler_error(
                'The segment "' ~ segment.name ~ '" has the priority "' ~ priority
                ~ '". Write a number in vars.yml, or none for an overlay.'
            ) }}
        {%- endif -%}
        {%- if segment.name in names -%}
            {{ exceptions.raise_compiler_error(
                'There are two segments named "' ~ segment.name ~ '" in vars.yml.'
            ) }}
        {%- endif -%}
        {%- if segment.strategy in strategies -%}
            {%- do exceptions.warn(
                'The segment "' ~ segment.name ~ '" has the strategy of another one: merge them.'
            ) -%}
        {%- endif -%}
        {%- do names.append(segment.name) -%}
        {%- do strategies.append(segment.strategy) -%}
        {%- set definition = {'layer': 'overlay', 'priority': none} -%}
        {%- do definition.update(segment) -%}
        {%- if definition.priority is none -%}
            {%- do overlays.append(definition) -%}
        {%- else -%}
            {%- do definition.update({'layer': 'primary'}) -%}
            {%- do primaries.append(definition) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if primaries | length > 7 -%}
        {%- do exceptions.warn(
            'There are ' ~ primaries | length
            ~ ' primary segments; more than 7 are rarely acted on.'
        ) -%}
    {%- endif -%}
    {{ return(primaries | sort(attribute='priority') + overlays) }}
{% endmacro %}
