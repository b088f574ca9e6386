{% macro snowflake__current_timestamp() -%}
    convert_timezone('UTC', current_timestamp())
{%- endmacro %}

{% macro snowflake__current_timestamp_in_utc_backcompat() -%}
    cast(convert_timezone('UTC', current_timestamp()) as {{ dbt.type_timestamp() }})
{%- endmacro %}

{% macro snowflake__snapshot_get_time() -%}
    to_timestamp_ntz({{ dbt.current_timestamp() }})
{%- endmacro %}

{% macro snowflake__date(year, month, day) -%}
    date_from_parts({{ year }}, {{ month }}, {{ day }})
{%- endmacro %}

{% macro snowflake__dateadd(datepart, interval, from_date_or_timestamp) -%}
    dateadd({{ datepart }}, {{ interval }}, {{ from_date_or_timestamp }})
{%- endmacro %}

{# Weeks begin on Sundays, as on the other warehouses; Snowflake's own begin on Mondays. #}
{% macro snowflake__datediff(first_date, second_date, datepart) -%}
    {%- if datepart | lower == 'week' -%}
    datediff(week, dateadd(day, 1, {{ first_date }}), dateadd(day, 1, {{ second_date }}))
    {%- else -%}
    datediff({{ datepart }}, {{ first_date }}, {{ second_date }})
    {%- endif -%}
{%- endmacro %}

{# Rows are numbered, since the sequence of a generator may have gaps. #}
{% macro snowflake__generate_series(upper_bound) -%}
    select row_number() over (order by seq8()) as generated_number
    from table(generator(rowcount => {{ [upper_bound, 0] | max }}))
{%- endmacro %}

{# A backslash in a literal starts an escape. #}
{% macro snowflake__escape_single_quotes(expression) -%}
    {{ expression | replace('\\', '\\\\') | replace("'", "''") }}
{%- endmacro %}

{% macro snowflake__right(string_text, length_expression) -%}
    case when {{ length_expression }} = 0 then '' else right({{ string_text }}, {{ length_expression }}) end
{%- endmacro %}

{% macro snowflake__listagg(measure, delimiter_text, order_by_clause, limit_num) -%}
    {%- set within = ' within group (' ~ order_by_clause ~ ')' if order_by_clause else '' -%}
    {%- if limit_num -%}
    array_to_string(array_slice(array_agg({{ measure }}){{ within }}, 0, {{ limit_num }}), {{ delimiter_text }})
    {%- else -%}
    listagg({{ measure }}, {{ delimiter_text }}){{ within }}
    {%- endif -%}
{%- endmacro %}

{# try_cast reads texts alone, and makes no variants. #}
{% macro snowflake__safe_cast(field, type) -%}
    {%- if type | lower | trim in ('variant', 'object', 'array') -%}
    cast({{ field }} as {{ type }})
    {%- else -%}
    try_cast(cast({{ field }} as varchar) as {{ type }})
    {%- endif -%}
{%- endmacro %}

{% macro snowflake__bool_or(expression) -%}
    boolor_agg({{ expression }})
{%- endmacro %}

{% macro snowflake__array_construct(inputs, data_type) -%}
    array_construct({{ inputs | join(', ') }})
{%- endmacro %}

{% macro snowflake__information_schema_name(database) -%}
    {{ database ~ '.' if database }}information_schema
{%- endmacro %}

{% macro snowflake__create_table_as(temporary, relation, compiled_code) -%}
    create or replace {{ 'temporary' if temporary else 'transient' }} table {{ relation }} as (
        {{ compiled_code }}
    )
{%- endmacro %}

{% macro snowflake__create_view_as(relation, sql) -%}
    create or replace view {{ relation }} as (
        {{ sql }}
    )
{%- endmacro %}
