{% set is_labelled = source_enabled('labelled') -%}
{% set training = 'stg_labelled__accounts' if is_labelled else 'fct_churn_training_rows' -%}

{{ config(
    enabled=is_labelled or (source_enabled('crm', 'accounts') and has_subscriptions()),
    materialized='score',
    estimator='logistic_regression',
    training=training,
    entity_key='account_id',
    label='is_churned',
    time_column=none if is_labelled else 'as_of_date',
    eligible_column=none if is_labelled else 'is_churn_eligible',
    features=(
        var('labelled_numbers', {}).keys() | list if is_labelled
        else available_features(var('churn_features'))
    ),
    categorical_features=(
        var('labelled_categories', {}).keys() | list if is_labelled
        else available_features(var('churn_categories'))
    ),
    horizon_days=none if is_labelled else var('churn_horizon_days') | int
) }}

-- depends_on: {{ ref(training) }}

with

{% if is_labelled -%}
accounts as (

    select * from {{ ref('stg_labelled__accounts') }}

),
{%- else -%}
accounts as (

    select *
    from {{ ref('fct_account_features') }}
    where as_of_date = {{ as_of() }}

),
{%- endif %}

rows_to_score as (

    select * from accounts

)

select * from rows_to_score
