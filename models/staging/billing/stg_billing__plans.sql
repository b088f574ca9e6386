{{ config(enabled=source_enabled('billing', 'plans')) }}

with

plan_versions as (

    select * from {{ ref('stg_billing__plan_versions') }}

),

latest as (

    select
        plan_id,
        plan_name,
        billing_interval,
        currency,
        tier,
        unit_amount,
        monthly_unit_amount,
        known_from,
        _loaded_at
    from plan_versions
    where known_until is null

)

select * from latest
