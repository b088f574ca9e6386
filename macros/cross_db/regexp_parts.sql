{#
    The signs of a regular expression as a list, a bracket expression counting as one. What some
    warehouse lacks, or understands differently, is an error.
#}
{% macro regexp_parts(pattern) %}
    {%- set escaped = '\\\\[^A-Za-z0-9]' -%}
    {%- set bracket = '\\[\\^?\\]?(?:\\\\[dsw]|' ~ escaped ~ '|(?!\\[:)[^\\]\\\\])*\\]' -%}
    {%- set sign = '\\\\[dDsSwWbB]|' ~ escaped ~ '|' ~ bracket
        ~ '|\\((?!\\?)|[*+?}](?![*+?])|[^\\\\\\[(*+?}]' -%}
    {%- set rest = modules.re.sub('^(?:' ~ sign ~ ')*', '', pattern) -%}
    {%- if rest -%}
        {{- exceptions.raise_compiler_error(
            "The regular expression '" ~ pattern ~ "' has at '" ~ rest ~ "' what not every "
            ~ 'warehouse understands. See regexp_pattern for what all do.'
        ) -}}
    {%- endif -%}
    {%- set classes = {'\\d': '0-9', '\\s': ' \t\n\r\f', '\\w': 'A-Za-z0-9_'} -%}
    {%- set parts = [] -%}
    {%- for part in modules.re.findall(sign, pattern) -%}
        {%- set members = [] -%}
        {%- for member in modules.re.findall('\\\\?[\\s\\S]', part) -%}
            {%- do members.append(classes.get(member, member) if part[0] == '[' else member) -%}
        {%- endfor -%}
        {%- do parts.append(members | join) -%}
    {%- endfor -%}
    {{- return(parts) -}}
{% endmacro %}
