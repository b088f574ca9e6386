{{ config(
    enabled=source_enabled('crm', 'accounts') and source_enabled('product', 'events'),
    materialized='score',
    estimator='kmeans',
    entity_key='account_id',
    features=available_features(var('cluster_features')),
    log_features=available_features(var('cluster_features')),
    cluster_names=var('cluster_names')
) }}

with

features as (

    select * from {{ ref('fct_account_features') }}

),

-- Clusters describe how a live account behaves; who has left behaves in one way only.
live_accounts as (

    select *
    from features
    where
        as_of_date = {{ as_of() }}
        and {{ 'has_subscription' if has_subscriptions() else 'active_days_84d > 0' }}

)

select * from live_accounts
