{#
  Whether a source, or one table of it, is switched on. `sources_enabled` holds true, false or a
  list of the tables that exist; a source it does not name is off.
#}
{% macro source_enabled(source_name, table_name=none) %}
    {%- set switch = var('sources_enabled').get(source_name, false) -%}
    {%- if switch is sameas true or switch is sameas false -%}
        {{ return(switch) }}
    {%- elif table_name is none -%}
        {{ return(switch | length > 0) }}
    {%- else -%}
        {{ return(table_name in switch) }}
    {%- endif -%}
{% endmacro %}
