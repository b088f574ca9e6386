{{ config(enabled=source_enabled('crm', 'accounts')) }}

{% set has_events = source_enabled('product', 'events') -%}
{% set has_orders = source_enabled('commerce', 'orders') -%}
{% set has_plans = has_subscriptions() -%}

with

snapshots as (

    select * from {{ ref('int_account_snapshots') }}

),

{% if has_events -%}
activity as (

    select * from {{ ref('int_account_snapshots_activity') }}

),

{% else -%}
activity as (

    select
        account_id,
        as_of_date,
        {%- for column in [
            'events_28d', 'events_prior_28d', 'events_84d', 'active_days_28d', 'active_days_84d',
            'distinct_events_28d', 'distinct_events_84d', 'active_users_28d',
            'days_since_last_event'
        ] %}
        cast(null as bigint) as {{ column }}{{ '' if loop.last else ',' }}
        {%- endfor %}
    from snapshots

),

{% endif -%}
{% if has_orders -%}
orders as (

    select * from {{ ref('int_account_snapshots_orders') }}

),

{% else -%}
orders as (

    select
        account_id,
        as_of_date,
        cast(null as bigint) as orders_90d,
        cast(null as numeric(18, 2)) as net_amount_90d
    from snapshots

),

{% endif -%}
{% if has_plans -%}
subscriptions as (

    select * from {{ ref('int_account_snapshots_subscriptions') }}

),

{% else -%}
subscriptions as (

    select
        account_id,
        cast(null as {{ dbt.type_string() }}) as plan_id,
        cast(null as integer) as plan_tier,
        cast(null as bigint) as seats,
        cast(null as {{ double_type() }}) as mrr,
        cast(null as boolean) as has_subscription,
        cast(null as boolean) as is_paused,
        cast(null as boolean) as is_former_customer,
        cast(null as boolean) as has_downgrade_90d,
        as_of_date
    from snapshots

),

{% endif -%}
joined as (

    select
        snapshots.account_id,
        subscriptions.plan_id,
        snapshots.industry,
        snapshots.country,
        snapshots.sales_segment,
        snapshots.employees,
        snapshots.annual_revenue,
        snapshots.tenure_days,
        {% for column in [
            'events_28d', 'events_prior_28d', 'events_84d', 'active_days_28d', 'active_days_84d',
            'distinct_events_28d', 'distinct_events_84d', 'active_users_28d'
        ] -%}
        {{ 'coalesce(activity.' ~ column ~ ', 0)' if has_events else 'activity.' ~ column }}
            as {{ column }},
        {% endfor -%}
        activity.days_since_last_event,
        {% for column in ['orders_90d', 'net_amount_90d'] -%}
        {{ 'coalesce(orders.' ~ column ~ ', 0)' if has_orders else 'orders.' ~ column }}
            as {{ column }},
        {% endfor -%}
        subscriptions.plan_tier,
        subscriptions.seats,
        {% for column, value in {
            'mrr': '0', 'has_subscription': 'false', 'is_paused': 'false',
            'is_former_customer': 'false', 'has_downgrade_90d': 'false'
        }.items() -%}
        {{ 'coalesce(subscriptions.' ~ column ~ ', ' ~ value ~ ')' if has_plans
            else 'subscriptions.' ~ column }}
            as {{ column }},
        {% endfor -%}
        snapshots.signup_date,
        snapshots.as_of_date
    from snapshots
    left join activity
        on
            snapshots.account_id = activity.account_id
            and snapshots.as_of_date = activity.as_of_date
    left join orders
        on
            snapshots.account_id = orders.account_id
            and snapshots.as_of_date = orders.as_of_date
    left join subscriptions
        on
            snapshots.account_id = subscriptions.account_id
            and snapshots.as_of_date = subscriptions.as_of_date

),

features as (

    select
        account_id,
        cast(plan_id as {{ dbt.type_string() }}) as plan_id,
        cast(industry as {{ dbt.type_string() }}) as industry,
        cast(country as {{ dbt.type_string() }}) as country,
        cast(sales_segment as {{ dbt.type_string() }}) as sales_segment,
        cast(employees as integer) as employees,
        cast(annual_revenue as bigint) as annual_revenue,
        cast(tenure_days as bigint) as tenure_days,
        cast(events_28d as bigint) as events_28d,
        cast(events_prior_28d as bigint) as events_prior_28d,
        cast(active_days_28d as bigint) as active_days_28d,
        cast(active_days_84d as bigint) as active_days_84d,
        cast(distinct_events_28d as bigint) as distinct_events_28d,
        cast(distinct_events_84d as bigint) as distinct_events_84d,
        cast(active_users_28d as bigint) as active_users_28d,
        cast(days_since_last_event as bigint) as days_since_last_event,
        -- What is unknown stays so: warehouses differ in whether least() passes over a null.
        case when events_28d is not null then cast(
            greatest(-1, least(1,
                cast(events_28d - events_prior_28d as {{ double_type() }})
                / greatest(1, events_prior_28d)
            )) as {{ double_type() }}
        ) end as activity_trend_28d,
        cast(events_28d as {{ double_type() }}) / greatest(1, active_days_28d)
            as events_per_active_day_28d,
        cast(events_84d as {{ double_type() }}) / greatest(1, active_days_84d)
            as events_per_active_day_84d,
        cast(orders_90d as bigint) as orders_90d,
        cast(net_amount_90d as numeric(18, 2)) as net_amount_90d,
        cast(plan_tier as integer) as plan_tier,
        cast(seats as bigint) as seats,
        case
            when active_users_28d > seats then cast(1 as {{ double_type() }})
            else {{ safe_divide('active_users_28d', 'seats') }}
        end as seat_utilisation_28d,
        cast(mrr as {{ double_type() }}) as mrr,
        has_subscription,
        is_paused,
        is_former_customer,
        has_downgrade_90d,
        has_subscription as is_churn_eligible,
        signup_date,
        as_of_date
    from joined

)

select * from features
