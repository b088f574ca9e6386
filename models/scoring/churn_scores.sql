{{ config(
    enabled=source_enabled('crm', 'accounts') and has_subscriptions(),
    materialized='score',
    estimator='logistic_regression',
    training='fct_churn_training_rows',
    entity_key='account_id',
    label='is_churned',
    time_column='as_of_date',
    eligible_column='is_churn_eligible',
    features=available_features(var('churn_features')),
    horizon_days=var('churn_horizon_days') | int
) }}

-- depends_on: {{ ref('fct_churn_training_rows') }}

with

features as (

    select * from {{ ref('fct_account_features') }}

),

current_features as (

    select *
    from features
    where as_of_date = {{ as_of() }}

)

select * from current_features
