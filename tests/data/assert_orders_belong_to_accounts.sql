{{ config(enabled=source_enabled('crm', 'accounts') and source_enabled('commerce', 'orders')) }}

-- An order of an account that the CRM does not know would be lost from every mart by account.
select
    orders.order_id,
    orders.account_id
from {{ ref('fct_orders') }} as orders
left join {{ ref('dim_accounts') }} as accounts on orders.account_id = accounts.account_id
where accounts.account_id is null
