{{ config(enabled=source_enabled('product', 'events'), materialized='table') }}

with

source_rows as (

    select * from {{ raw_relation('product', 'events') }}

),

renamed as (

    select
        cast({{ raw_column('events', 'event_id') }} as {{ dbt.type_string() }}) as event_id,
        cast({{ raw_column('events', 'user_id') }} as {{ dbt.type_string() }}) as user_id,
        cast(
            {{ raw_column('events', 'account_id', raw_column('events', 'user_id')) }}
            as {{ dbt.type_string() }}
        ) as account_id,
        cast({{ raw_column('events', 'event_name', "'active'") }} as {{ dbt.type_string() }})
            as event_name,
        {{ raw_timestamp('events', 'event_at') }} as event_at,
        {{ raw_timestamp('events', '_loaded_at') }} as _landed_at
    from source_rows

),

identified as (

    select
        {% if raw_column('events', 'event_id') == 'null' -%}
        cast(account_id || ' ' || coalesce(user_id, '') || ' ' || event_name || ' '
            || {{ timestamp_text('event_at') }} as {{ dbt.type_string() }}) as event_id,
        {%- else -%}
        event_id,
        {%- endif %}
        user_id,
        account_id,
        event_name,
        event_at,
        coalesce(_landed_at, event_at) as _loaded_at
    from renamed

),

dated as (

    select
        event_id,
        user_id,
        account_id,
        event_name,
        cast({{ reporting_time('event_at') }} as date) as event_date,
        {{ known_from('_loaded_at') }} as known_from,
        event_at,
        _loaded_at,
        row_number() over (partition by event_id order by _loaded_at) as delivery
    from identified

),

known as (

    select
        event_id,
        user_id,
        account_id,
        event_name,
        event_date,
        known_from,
        event_at,
        _loaded_at
    from dated
    where
        delivery = 1
        and event_date < {{ as_of() }}
        and known_from <= {{ as_of() }}

)

select * from known
