{#
  Whether a source, or one table of it, is switched on. `sources_enabled` holds true, false or a
  list of the tables that exist; a source it does not name is off, and names of none are refused.
#}
{% macro source_enabled(source_name, table_name=none) %}
    {%- set sources = raw_tables() -%}
    {%- for name in var('sources_enabled') if name not in sources -%}
        {{ exceptions.raise_compiler_error(
            'The variable sources_enabled names "' ~ name ~ '", which is no source. The sources: '
            ~ sources | join(', ') ~ '.'
        ) }}
    {%- endfor -%}
    {%- set switch = var('sources_enabled').get(source_name, false) -%}
    {%- if switch is sameas true or switch is sameas false -%}
        {{ return(switch) }}
    {%- endif -%}
    {%- for name in switch if name not in sources[source_name] -%}
        {{ exceptions.raise_compiler_error(
            'The variable sources_enabled names "' ~ name ~ '", which is no table of ' ~ source_name
            ~ '. Its tables: ' ~ sources[source_name] | join(', ') ~ '.'
        ) }}
    {%- endfor -%}
    {%- if table_name is none -%}
        {{ return(switch | length > 0) }}
    {%- else -%}
        {{ return(table_name in switch) }}
    {%- endif -%}
{% endmacro %}
