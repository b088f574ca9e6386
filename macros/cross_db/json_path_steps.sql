{#
    The steps of a path such as plan.seats, items[0].sku or "first name".x, as a list: texts for
    keys, numbers from 0 for places in an array. A key with spaces, dots or brackets stands in
    double quotes; one with a double quote, a backslash or a star cannot be named.
#}
{% macro json_path_steps(path) %}
    {%- set key = '[^\\s.*$"\\\\\\[\\]]+|"[^"*\\\\\n]+"' -%}
    {%- set place = '\\[[0-9]+\\]' -%}
    {%- set next = '\\.(?:' ~ key ~ ')|' ~ place -%}
    {%- if modules.re.fullmatch('(?:' ~ key ~ '|' ~ place ~ ')(?:' ~ next ~ ')*', path) is none -%}
        {{- exceptions.raise_compiler_error(
            "The JSON path '" ~ path ~ "' cannot be read. Write keys with dots between them and "
            ~ 'places from 0 in brackets, as in items[0].sku; other keys in double quotes.'
        ) -}}
    {%- endif -%}
    {%- set steps = [] -%}
    {%- for step in modules.re.findall(key ~ '|' ~ place, path) -%}
        {%- if step[0] == '[' -%}
            {%- do steps.append(step[1:-1] | int) -%}
        {%- else -%}
            {%- do steps.append(step[1:-1] if step[0] == '"' else step) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(steps) -}}
{% endmacro %}
