{{ config(
    enabled=source_enabled('billing', 'subscription_changes'),
    materialized=staged_as('subscription_changes')
) }}

with

source_rows as (

    select * from {{ raw_relation('billing', 'subscription_changes') }}

),

renamed as (

    select
        cast({{ raw_column('subscription_changes', 'change_id') }} as {{ dbt.type_string() }})
            as change_id,
        cast({{ raw_column('subscription_changes', 'subscription_id') }} as {{ dbt.type_string() }})
            as subscription_id,
        cast({{ raw_column('subscription_changes', 'account_id') }} as {{ dbt.type_string() }})
            as account_id,
        cast({{ raw_column('subscription_changes', 'old_plan_id') }} as {{ dbt.type_string() }})
            as old_plan_id,
        cast({{ raw_column('subscription_changes', 'new_plan_id') }} as {{ dbt.type_string() }})
            as new_plan_id,
        cast({{ raw_column('subscription_changes', 'change_type') }} as {{ dbt.type_string() }})
            as change_type,
        cast({{ raw_column('subscription_changes', 'old_quantity') }} as integer)
            as old_quantity,
        cast({{ raw_column('subscription_changes', 'new_quantity') }} as integer)
            as new_quantity,
        {{ raw_timestamp('subscription_changes', 'changed_at') }} as changed_at,
        {{ raw_timestamp('subscription_changes', '_loaded_at') }} as _landed_at
    from source_rows

),

dated as (

    select
        change_id,
        subscription_id,
        account_id,
        old_plan_id,
        new_plan_id,
        change_type,
        old_quantity,
        new_quantity,
        cast({{ reporting_time('changed_at') }} as date) as changed_date,
        {{ known_from('coalesce(_landed_at, changed_at)') }} as known_from,
        changed_at,
        coalesce(_landed_at, changed_at) as _loaded_at,
        row_number() over (
            partition by change_id
            order by coalesce(_landed_at, changed_at)
        ) as delivery
    from renamed

),

known as (

    select
        change_id,
        subscription_id,
        account_id,
        old_plan_id,
        new_plan_id,
        change_type,
        old_quantity,
        new_quantity,
        changed_date,
        known_from,
        changed_at,
        _loaded_at
    from dated
    where
        delivery = 1
        and changed_date < {{ as_of() }}
        and known_from <= {{ as_of() }}

)

select * from known
