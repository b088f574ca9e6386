{% macro make_hook_config(sql, inside_transaction) %}
    {{ return(tojson({'sql': sql, 'transaction': inside_transaction})) }}
{% endmacro %}

{% macro before_begin(sql) %}
    {{ return(make_hook_config(sql, inside_transaction=false)) }}
{% endmacro %}

{% macro in_transaction(sql) %}
    {{ return(make_hook_config(sql, inside_transaction=true)) }}
{% endmacro %}

{% macro after_commit(sql) %}
    {{ return(make_hook_config(sql, inside_transaction=false)) }}
{% endmacro %}

{% macro set_sql_header(config) -%}
    {%- do config(sql_header=caller()) -%}
{%- endmacro %}
