{{ config(enabled=source_enabled('commerce', 'orders')) }}

with

order_versions as (

    select * from {{ ref('stg_commerce__order_versions') }}

),

latest as (

    select
        order_id,
        account_id,
        status,
        currency,
        gross_amount,
        discount_amount,
        refund_amount,
        ordered_date,
        known_from,
        ordered_at,
        _loaded_at
    from order_versions
    where known_until is null

)

select * from latest
