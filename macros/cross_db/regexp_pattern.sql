{#
    A regular expression as the literal that finds the same on every warehouse. All understand
    . [abc] [^a-z] | ( ) * + ? {2,3} ^ $ \d \D \s \S \w \W \b \B and a backslash before a sign.
    A dot finds no line break, \w no letters but a to z, ^ and $ are the ends of the text. With a
    `group` it is for regexp_extract, which asks some warehouses in other words.
#}
{% macro regexp_pattern(pattern, group=none) %}
    {%- set spell = adapter.dispatch('regexp_pattern', 'strata') -%}
    {{- return(strata.quote_text(spell(strata.regexp_parts(pattern), group))) -}}
{% endmacro %}

{% macro default__regexp_pattern(parts, group) %}
    {{- return(parts | join) -}}
{% endmacro %}

{% macro postgres__regexp_pattern(parts, group) %}
    {#- There \b is a backspace, a dot finds line breaks, and letters of every language are \w. -#}
    {%- set spellings = {
        '.': '[^\n]', '\\b': '\\y', '\\B': '\\Y',
        '\\d': '[0-9]', '\\D': '[^0-9]',
        '\\s': '[ \t\n\r\f]', '\\S': '[^ \t\n\r\f]',
        '\\w': '[A-Za-z0-9_]', '\\W': '[^A-Za-z0-9_]',
    } -%}
    {%- set spelled = [] -%}
    {%- for part in parts -%}
        {%- do spelled.append(spellings.get(part, part)) -%}
    {%- endfor -%}
    {#- The whole is told only where there are no groups, so it becomes one. -#}
    {{- return(spelled | join if group is none else '(' ~ spelled | join ~ ')') -}}
{% endmacro %}

{% macro bigquery__regexp_pattern(parts, group) %}
    {#- There may be one group, and what is in it is told. -#}
    {%- set groups = [] -%}
    {%- set spelled = [] -%}
    {%- for part in parts -%}
        {%- if part == '(' -%}
            {%- do groups.append(part) -%}
        {%- endif -%}
        {%- set is_other = part == '(' and group is not none and groups | length != group -%}
        {%- do spelled.append('(?:' if is_other else part) -%}
    {%- endfor -%}
    {{- return(spelled | join) -}}
{% endmacro %}
