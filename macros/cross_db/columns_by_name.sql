{# The columns of a relation by their names in lower case. #}
{% macro columns_by_name(relation) %}
    {%- set found = {} -%}
    {%- for column in adapter.get_columns_in_relation(relation) -%}
        {%- set name = column.name | lower -%}
        {%- if name in found -%}
            {{- exceptions.raise_compiler_error(
                relation ~ ' has two columns that differ in case alone, ' ~ found[name].name
                ~ ' and ' ~ column.name ~ ': rename one of them.'
            ) -}}
        {%- endif -%}
        {%- do found.update({name: column}) -%}
    {%- endfor -%}
    {%- if not found -%}
        {{- exceptions.raise_compiler_error(
            relation ~ ' has no columns in the warehouse: build it first.'
        ) -}}
    {%- endif -%}
    {{- return(found) -}}
{% endmacro %}
