{{ config(enabled=source_enabled('commerce', 'orders'), materialized=staged_as('orders')) }}

{% set has_order_id = raw_column('orders', 'order_id') != 'null' -%}

with

source_rows as (

    select * from {{ raw_relation('commerce', 'orders') }}

),

renamed as (

    select
        cast({{ raw_column('orders', 'order_id') }} as {{ dbt.type_string() }}) as order_id,
        cast({{ raw_column('orders', 'account_id') }} as {{ dbt.type_string() }}) as account_id,
        cast({{ raw_column('orders', 'status', "'completed'") }} as {{ dbt.type_string() }})
            as status,
        cast({{ raw_column('orders', 'currency') }} as {{ dbt.type_string() }}) as currency,
        cast({{ raw_column('orders', 'gross_amount', '0') }} as numeric(18, 2))
            as gross_amount,
        cast({{ raw_column('orders', 'discount_amount', '0') }} as numeric(18, 2))
            as discount_amount,
        cast({{ raw_column('orders', 'refund_amount', '0') }} as numeric(18, 2))
            as refund_amount,
        {{ raw_timestamp('orders', 'ordered_at') }} as ordered_at,
        {{ raw_timestamp('orders', '_loaded_at') }} as _landed_at
    from source_rows

),

{% if var('orders_grain', 'order') == 'line' or not has_order_id -%}
lines as (

    select
        {% if has_order_id -%}
        order_id,
        {%- else -%}
        -- Without an order number, what a customer buys at one time is one order.
        cast(account_id || ' ' || {{ timestamp_text('ordered_at') }} as {{ dbt.type_string() }})
            as order_id,
        {%- endif %}
        account_id,
        status,
        currency,
        gross_amount,
        discount_amount,
        refund_amount,
        ordered_at,
        _landed_at
    from renamed

),

orders as (

    select
        order_id,
        min(account_id) as account_id,
        min(status) as status,
        min(currency) as currency,
        cast(sum(gross_amount) as numeric(18, 2)) as gross_amount,
        cast(sum(discount_amount) as numeric(18, 2)) as discount_amount,
        cast(sum(refund_amount) as numeric(18, 2)) as refund_amount,
        min(ordered_at) as ordered_at,
        max(coalesce(_landed_at, ordered_at)) as _loaded_at
    from lines
    group by 1

),
{%- else -%}
orders as (

    select
        order_id,
        account_id,
        status,
        currency,
        gross_amount,
        discount_amount,
        refund_amount,
        ordered_at,
        coalesce(_landed_at, ordered_at) as _loaded_at
    from renamed

),
{%- endif %}

dated as (

    select
        order_id,
        account_id,
        status,
        currency,
        gross_amount,
        cast(coalesce(discount_amount, 0) as numeric(18, 2)) as discount_amount,
        cast(coalesce(refund_amount, 0) as numeric(18, 2)) as refund_amount,
        cast({{ reporting_time('ordered_at') }} as date) as ordered_date,
        {{ known_from('_loaded_at') }} as known_from,
        ordered_at,
        _loaded_at
    from orders
    where account_id is not null

),

known as (

    select
        *,
        lead(known_from) over (partition by order_id order by _loaded_at) as known_until
    from dated
    where
        ordered_date < {{ as_of() }}
        and known_from <= {{ as_of() }}

)

select * from known
