{#
    A text with every match of a pattern (see regexp_pattern), in its case, replaced. In the
    replacement \1 to \9 are the groups. Null gives null; where nothing is found the text stays.
#}
{% macro regexp_replace(text, pattern, replacement) %}
    {%- set groups = strata.regexp_parts(pattern).count('(') -%}
    {%- for reference in modules.re.findall('\\\\[\\s\\S]?', replacement) -%}
        {%- if (reference[1:] or '0') not in '123456789'[:groups] -%}
            {{- exceptions.raise_compiler_error(
                "The replacement '" ~ replacement ~ "' holds " ~ reference
                ~ ", which is no group of '" ~ pattern ~ "'."
            ) -}}
        {%- endif -%}
    {%- endfor -%}
    {%- set replace = adapter.dispatch('regexp_replace', 'strata') -%}
    {{- return(replace(text, strata.regexp_pattern(pattern), strata.quote_text(replacement))) -}}
{% endmacro %}

{% macro default__regexp_replace(text, pattern, replacement) %}
    {{- return('regexp_replace(' ~ text ~ ', ' ~ pattern ~ ', ' ~ replacement ~ ", 'g')") -}}
{% endmacro %}

{% macro snowflake__regexp_replace(text, pattern, replacement) %}
    {{- return('regexp_replace(' ~ text ~ ', ' ~ pattern ~ ', ' ~ replacement ~ ')') -}}
{% endmacro %}

{% macro bigquery__regexp_replace(text, pattern, replacement) %}
    {{- return('regexp_replace(' ~ text ~ ', ' ~ pattern ~ ', ' ~ replacement ~ ')') -}}
{% endmacro %}
