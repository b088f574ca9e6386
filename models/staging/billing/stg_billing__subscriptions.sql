{{ config(enabled=source_enabled('billing', 'subscriptions')) }}

with

subscription_versions as (

    select * from {{ ref('stg_billing__subscription_versions') }}

),

latest as (

    select
        subscription_id,
        account_id,
        plan_id,
        status,
        cancellation_type,
        cancellation_reason,
        quantity,
        discount_percent,
        started_date,
        ended_date,
        known_from,
        started_at,
        ended_at,
        _loaded_at
    from subscription_versions
    where known_until is null

)

select * from latest
