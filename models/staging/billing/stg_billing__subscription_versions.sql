{{ config(
    enabled=source_enabled('billing', 'subscriptions'),
    materialized=staged_as('subscriptions')
) }}

with

source_rows as (

    select * from {{ raw_relation('billing', 'subscriptions') }}

),

renamed as (

    select
        cast({{ raw_column('subscriptions', 'subscription_id') }} as {{ dbt.type_string() }})
            as subscription_id,
        cast({{ raw_column('subscriptions', 'account_id') }} as {{ dbt.type_string() }})
            as account_id,
        cast({{ raw_column('subscriptions', 'plan_id') }} as {{ dbt.type_string() }}) as plan_id,
        cast({{ raw_column('subscriptions', 'status') }} as {{ dbt.type_string() }}) as status,
        cast({{ raw_column('subscriptions', 'cancellation_type') }} as {{ dbt.type_string() }})
            as cancellation_type,
        cast({{ raw_column('subscriptions', 'cancellation_reason') }} as {{ dbt.type_string() }})
            as cancellation_reason,
        cast({{ raw_column('subscriptions', 'quantity', '1') }} as integer) as quantity,
        cast({{ raw_column('subscriptions', 'discount_percent', '0') }} as integer)
            as discount_percent,
        {{ raw_timestamp('subscriptions', 'started_at') }} as started_at,
        {{ raw_timestamp('subscriptions', 'ended_at') }} as ended_at,
        {{ raw_timestamp('subscriptions', '_loaded_at') }} as _landed_at
    from source_rows

),

dated as (

    select
        subscription_id,
        account_id,
        plan_id,
        status,
        cancellation_type,
        cancellation_reason,
        quantity,
        discount_percent,
        cast({{ reporting_time('started_at') }} as date) as started_date,
        cast({{ reporting_time('ended_at') }} as date) as ended_date,
        {{ known_from('coalesce(_landed_at, started_at)') }} as known_from,
        started_at,
        ended_at,
        coalesce(_landed_at, started_at) as _loaded_at
    from renamed

),

known as (

    select
        *,
        lead(known_from) over (partition by subscription_id order by _loaded_at) as known_until
    from dated
    where
        started_date < {{ as_of() }}
        and known_from <= {{ as_of() }}

)

select * from known
