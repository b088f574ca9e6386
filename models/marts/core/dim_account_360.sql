{{ config(enabled=source_enabled('crm', 'accounts')) }}

{% set has_orders = source_enabled('commerce', 'orders') -%}
{% set has_clusters = source_enabled('product', 'events') -%}
{% set has_churn = has_subscriptions() -%}

with

accounts as (

    select * from {{ ref('dim_accounts') }}

),

features as (

    select *
    from {{ ref('fct_account_features') }}
    where as_of_date = {{ as_of() }}

),

{% if has_orders -%}
rfm_scores as (

    select * from {{ ref('fct_rfm_scores') }}

),

{% endif -%}
{% if has_clusters -%}
account_clusters as (

    select * from {{ ref('account_clusters') }}

),

{% endif -%}
{% if has_churn -%}
churn_scores as (

    select * from {{ ref('churn_scores') }}

),

{% endif -%}
joined as (

    select
        accounts.account_id,
        features.plan_id,
        accounts.account_name,
        accounts.industry,
        accounts.country,
        accounts.sales_segment,
        accounts.owner,
        accounts.lead_source,
        cast({{ 'rfm_scores.rfm_segment' if has_orders else 'null' }} as {{ dbt.type_string() }})
            as rfm_segment,
        cast(
            {{ 'account_clusters.cluster_name' if has_clusters else 'null' }}
            as {{ dbt.type_string() }}
        ) as cluster_name,
        cast({{ 'churn_scores.band' if has_churn else 'null' }} as {{ dbt.type_string() }})
            as churn_band,
        cast({{ 'churn_scores.top_feature_1' if has_churn else 'null' }} as {{ dbt.type_string() }})
            as churn_top_feature,
        cast({{ 'churn_scores.model_version' if has_churn else 'null' }} as {{ dbt.type_string() }})
            as churn_model_version,
        accounts.employees,
        accounts.annual_revenue,
        features.tenure_days,
        features.plan_tier,
        features.seats,
        features.mrr,
        features.active_days_28d,
        features.active_users_28d,
        features.events_28d,
        features.activity_trend_28d,
        features.days_since_last_event,
        features.seat_utilisation_28d,
        features.orders_90d,
        features.net_amount_90d,
        {% for column, type in {
            'recency_days': 'bigint', 'frequency': 'bigint', 'monetary': 'numeric(18, 2)',
            'r_score': 'integer', 'f_score': 'integer', 'm_score': 'integer'
        }.items() -%}
        cast({{ 'rfm_scores.' ~ column if has_orders else 'null' }} as {{ type }}) as {{ column }},
        {% endfor -%}
        cast({{ 'churn_scores.probability' if has_churn else 'null' }} as {{ double_type() }})
            as churn_probability,
        cast({{ 'churn_scores.percentile' if has_churn else 'null' }} as {{ double_type() }})
            as churn_percentile,
        features.has_subscription,
        features.is_paused,
        features.is_former_customer,
        features.has_downgrade_90d,
        accounts.signup_date,
        {{ as_of() }} as as_of_date
    from accounts
    left join features on accounts.account_id = features.account_id
    {%- if has_orders %}
    left join rfm_scores on accounts.account_id = rfm_scores.account_id
    {%- endif %}
    {%- if has_clusters %}
    left join account_clusters on accounts.account_id = account_clusters.account_id
    {%- endif %}
    {%- if has_churn %}
    left join churn_scores on accounts.account_id = churn_scores.account_id
    {%- endif %}

)

select * from joined
