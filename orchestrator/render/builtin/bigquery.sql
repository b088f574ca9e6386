{% macro bigquery__current_timestamp() -%}
    current_timestamp()
{%- endmacro %}

{% macro bigquery__current_timestamp_backcompat() -%}
    current_timestamp()
{%- endmacro %}

{% macro bigquery__current_timestamp_in_utc_backcompat() -%}
    current_timestamp()
{%- endmacro %}

{% macro bigquery__date(year, month, day) -%}
    date({{ year }}, {{ month }}, {{ day }})
{%- endmacro %}

{# A week begins on Monday, as on the other warehouses; BigQuery's own begins on Sunday. #}
{% macro bigquery__date_trunc(datepart, date) -%}
    timestamp_trunc(cast({{ date }} as timestamp), {{ 'isoweek' if datepart | lower == 'week' else datepart }})
{%- endmacro %}

{# Moments of BigQuery have no months to add, its datetimes have. #}
{% macro bigquery__dateadd(datepart, interval, from_date_or_timestamp) -%}
    datetime_add(cast({{ from_date_or_timestamp }} as datetime), interval ({{ interval }}) {{ datepart }})
{%- endmacro %}

{# The later date comes first. Its weeks begin on Sunday, as dbt counts them. #}
{% macro bigquery__datediff(first_date, second_date, datepart) -%}
    datetime_diff(cast({{ second_date }} as datetime), cast({{ first_date }} as datetime), {{ datepart }})
{%- endmacro %}

{% macro bigquery__last_day(date, datepart) -%}
    last_day(cast({{ date }} as date), {{ 'isoweek' if datepart | lower == 'week' else datepart }})
{%- endmacro %}

{% macro bigquery__generate_series(upper_bound) -%}
    select generated_number from unnest(generate_array(1, {{ upper_bound }})) as generated_number
{%- endmacro %}

{% macro bigquery__bool_or(expression) -%}
    logical_or({{ expression }})
{%- endmacro %}

{% macro bigquery__except() -%}
    except distinct
{%- endmacro %}

{% macro bigquery__intersect() -%}
    intersect distinct
{%- endmacro %}

{% macro bigquery__array_append(array, new_element) -%}
    array_concat({{ array }}, [{{ new_element }}])
{%- endmacro %}

{% macro bigquery__array_concat(array_1, array_2) -%}
    array_concat({{ array_1 }}, {{ array_2 }})
{%- endmacro %}

{% macro bigquery__array_construct(inputs, data_type) -%}
    {%- if inputs -%}
    [{{ inputs | join(', ') }}]
    {%- else -%}
    cast([] as array<{{ data_type }}>)
    {%- endif -%}
{%- endmacro %}

{% macro bigquery__create_view_as(relation, sql) -%}
    create or replace view {{ relation }} as (
        {{ sql }}
    )
{%- endmacro %}

{% macro bigquery__escape_single_quotes(expression) -%}
    {{ expression | replace("'", "\\'") }}
{%- endmacro %}

{% macro bigquery__hash(field) -%}
    to_hex(md5(cast({{ field }} as {{ dbt.type_string() }})))
{%- endmacro %}

{% macro bigquery__position(substring_text, string_text) -%}
    strpos({{ string_text }}, {{ substring_text }})
{%- endmacro %}

{# A part that is not there is empty, as on the other warehouses; only a missing text has none. #}
{% macro bigquery__split_part(string_text, delimiter_text, part_number) -%}
    {%- set parts = 'split(' ~ string_text ~ ', ' ~ delimiter_text ~ ')' -%}
    {%- set place = 'array_length(' ~ parts ~ ') + 1 - ' ~ -part_number if part_number < 0 else part_number -%}
    case when {{ string_text }} is not null then coalesce({{ parts }}[safe_ordinal({{ place }})], '') end
{%- endmacro %}

{% macro bigquery__listagg(measure, delimiter_text, order_by_clause, limit_num) -%}
    string_agg({{ measure }}, {{ delimiter_text }} {{ order_by_clause or '' }}{{ ' limit ' ~ limit_num if limit_num }})
{%- endmacro %}

{% macro bigquery__type_bigint() -%}
    int64
{%- endmacro %}

{% macro bigquery__safe_cast(field, type) -%}
    safe_cast({{ field }} as {{ type }})
{%- endmacro %}
