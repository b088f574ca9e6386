{#
    The rows of several relations under one another, as a query. Columns are matched by name in any
    case and stand in the order they are first met. Where a relation lacks one it is null, and
    where types differ it has the type that common_type gives. With `source_column` a first column
    of that name holds where a row comes from: the relation's name, with its schema before it where
    two share a name.
#}
{% macro union_relations(relations, source_column=none) %}
    {%- if not execute -%}
        {{- return('') -}}
    {%- endif -%}
    {%- set tables = [] -%}
    {%- set merged = {} -%}
    {%- for relation in relations -%}
        {%- set columns = strata.columns_by_name(relation) -%}
        {%- do tables.append((relation, columns)) -%}
        {%- for name, column in columns.items() -%}
            {%- do merged.setdefault(name, []).append((relation, column)) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if source_column is not none and source_column | lower in merged -%}
        {{- exceptions.raise_compiler_error(
            'source_column "' ~ source_column ~ '" is a column already: choose another name.'
        ) -}}
    {%- endif -%}
    {%- set types = {} -%}
    {%- for name, members in merged.items() -%}
        {%- do types.update({name: strata.common_type(members)}) -%}
    {%- endfor -%}
    {%- set names = relations | map(attribute='identifier') | list -%}
    {%- set selects = [] -%}
    {%- for relation, columns in tables -%}
        {%- set items = [] -%}
        {%- if source_column is not none -%}
            {%- set schema = relation.schema ~ '.' if names.count(relation.identifier) > 1 -%}
            {%- set origin = strata.quote_text(schema ~ relation.identifier) -%}
            {%- do items.append(dbt.cast(origin, dbt.type_string()) ~ ' as ' ~ source_column) -%}
        {%- endif -%}
        {%- for name, members in merged.items() -%}
            {%- set value = columns[name].quoted if name in columns else 'null' -%}
            {%- do items.append(dbt.cast(value, types[name]) ~ ' as ' ~ members[0][1].quoted) -%}
        {%- endfor -%}
        {%- do selects.append('select\n    ' ~ items | join(',\n    ') ~ '\nfrom ' ~ relation) -%}
    {%- endfor -%}
    {{- return(selects | join('\nunion all\n')) -}}
{% endmacro %}
