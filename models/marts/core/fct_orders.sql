{{ config(enabled=source_enabled('commerce', 'orders')) }}

with

orders as (

    select * from {{ ref('stg_commerce__orders') }}

),

valued as (

    select
        order_id,
        account_id,
        status,
        currency,
        gross_amount,
        discount_amount,
        refund_amount,
        cast(
            case when status = 'cancelled' then 0
                else gross_amount - discount_amount - refund_amount
            end as numeric(18, 2)
        ) as net_amount,
        status = 'cancelled' as is_cancelled,
        ordered_date,
        ordered_at
    from orders

),

numbered as (

    select
        order_id,
        account_id,
        status,
        currency,
        cast(
            case when not is_cancelled then
                row_number() over (
                    partition by account_id, is_cancelled
                    order by ordered_at, {{ byte_order('order_id') }}
                )
            end as bigint
        ) as order_number,
        gross_amount,
        discount_amount,
        refund_amount,
        net_amount,
        is_cancelled,
        ordered_date,
        ordered_at
    from valued

)

select * from numbered
