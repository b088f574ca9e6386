{#
    The type that holds the values of columns that are put under one another, given as pairs of
    relation and column:
    - texts of any length become texts without a limit;
    - whole numbers become the widest of them;
    - with exact decimals they become decimals with as many digits on either side of the point as
      any of them needs (38 in all, where a warehouse has no more: then digits before it are fewer);
    - with floating numbers they become double precision;
    - dates beside timestamps become timestamps;
    - any other type stands beside itself alone, or it is an error.
#}
{% macro common_type(members) %}
    {%- set kinds = [] -%}
    {%- set digits = [] -%}
    {%- set first_relation, first_column = members[0] -%}
    {%- for relation, column in members -%}
        {%- set kind = strata.type_kind(column) -%}
        {%- set numbers = ['whole', 'exact', 'float'] -%}
        {%- set times = ['date', 'timestamp'] -%}
        {%- set first = kinds[0] or kind -%}
        {%- if kind != first and [kind, first] | reject('in', numbers) | list
            and [kind, first] | reject('in', times) | list -%}
            {{- exceptions.raise_compiler_error(
                'Column "' ~ column.name ~ '" is ' ~ first_column.data_type ~ ' in '
                ~ first_relation ~ ' and ' ~ column.data_type ~ ' in ' ~ relation
                ~ ', which have no type in common: cast one of them before the union.'
            ) -}}
        {%- endif -%}
        {%- do kinds.append(kind) -%}
        {%- if kind in ('whole', 'exact') -%}
            {%- do digits.append(strata.decimal_digits(column)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set whole = digits | map('first') | max -%}
    {%- if 'float' in kinds -%}
        {{- return(strata.double_type()) -}}
    {%- elif 'exact' in kinds -%}
        {{- return(strata.decimal_type(whole, digits | map('last') | max)) -}}
    {%- elif 'whole' in kinds -%}
        {%- for _, column in members if strata.decimal_digits(column)[0] == whole -%}
            {{- return(column.data_type) -}}
        {%- endfor -%}
    {%- elif 'timestamp' in kinds -%}
        {{- return(dbt.type_timestamp()) -}}
    {%- elif kinds[0] == 'text' -%}
        {{- return(dbt.type_string()) -}}
    {%- endif -%}
    {{- return(first_column.data_type) -}}
{% endmacro %}
