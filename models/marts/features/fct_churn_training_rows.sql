{{ config(enabled=source_enabled('crm', 'accounts') and has_subscriptions()) }}

{% set horizon_days = var('churn_horizon_days') | int -%}
{% set lead_days = var('churn_lead_days') | int -%}
{% set horizon_end = date_plus('features.as_of_date', lead_days + horizon_days) -%}

with

features as (

    select * from {{ ref('fct_account_features') }}

),

churns as (

    select * from {{ ref('int_account_churns') }}

),

-- The label window is (date + lead, date + lead + horizon] and has fully elapsed.
candidates as (

    select
        features.*,
        {{ date_plus('features.as_of_date', lead_days) }} as label_from,
        {{ horizon_end }} as label_until
    from features
    where
        features.is_churn_eligible
        and {{ horizon_end }} < {{ as_of() }}

),

first_churns as (

    select
        candidates.account_id,
        candidates.as_of_date,
        min(churns.churned_by) as churned_by
    from candidates
    inner join churns
        on
            candidates.account_id = churns.account_id
            and candidates.as_of_date < churns.churned_by
            and candidates.label_until >= churns.churned_by
    group by candidates.account_id, candidates.as_of_date

),

churn_types as (

    select
        account_id,
        churned_by,
        max(churn_type) as churn_type
    from churns
    group by account_id, churned_by

),

labelled as (

    select
        candidates.account_id,
        candidates.plan_id,
        candidates.industry,
        candidates.country,
        candidates.sales_segment,
        cast(churn_types.churn_type as {{ dbt.type_string() }}) as churn_type,
        candidates.employees,
        candidates.annual_revenue,
        candidates.tenure_days,
        candidates.events_28d,
        candidates.events_prior_28d,
        candidates.active_days_28d,
        candidates.active_days_84d,
        candidates.distinct_events_28d,
        candidates.distinct_events_84d,
        candidates.active_users_28d,
        candidates.days_since_last_event,
        candidates.activity_trend_28d,
        candidates.events_per_active_day_28d,
        candidates.events_per_active_day_84d,
        candidates.orders_90d,
        candidates.net_amount_90d,
        candidates.plan_tier,
        candidates.seats,
        candidates.seat_utilisation_28d,
        candidates.mrr,
        candidates.is_paused,
        candidates.has_downgrade_90d,
        first_churns.account_id is not null as is_churned,
        candidates.as_of_date,
        candidates.label_from,
        candidates.label_until
    from candidates
    left join first_churns
        on
            candidates.account_id = first_churns.account_id
            and candidates.as_of_date = first_churns.as_of_date
    left join churn_types
        on
            first_churns.account_id = churn_types.account_id
            and first_churns.churned_by = churn_types.churned_by
    -- Who left between the date and the window can no longer be kept: neither label is true.
    where
        first_churns.churned_by is null
        or first_churns.churned_by > candidates.label_from

)

select * from labelled
