{{ config(
    enabled=source_enabled('crm', 'accounts') and source_enabled('commerce', 'orders'),
    materialized='table'
) }}

with

snapshots as (

    select * from {{ ref('int_account_snapshots') }}

),

order_versions as (

    select * from {{ ref('stg_commerce__order_versions') }}

),

orders as (

    select
        snapshots.account_id,
        count(*) as orders_90d,
        cast(
            sum(
                order_versions.gross_amount
                - order_versions.discount_amount
                - order_versions.refund_amount
            ) as numeric(18, 2)
        ) as net_amount_90d,
        snapshots.as_of_date
    from snapshots
    inner join order_versions
        on
            snapshots.account_id = order_versions.account_id
            and order_versions.ordered_date < snapshots.as_of_date
            and order_versions.ordered_date >= {{ date_plus('snapshots.as_of_date', -90) }}
            and {{ is_known_on('order_versions', 'snapshots.as_of_date', true) }}
    where order_versions.status <> 'cancelled'
    group by snapshots.account_id, snapshots.as_of_date

)

select * from orders
