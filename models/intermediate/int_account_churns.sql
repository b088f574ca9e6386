{{ config(enabled=has_subscriptions()) }}

with

changes as (

    select * from {{ ref('stg_billing__subscription_changes') }}

),

subscriptions as (

    select * from {{ ref('stg_billing__subscriptions') }}

),

lives as (

    select
        subscription_id,
        account_id,
        min(changed_at) as began_at,
        max(case when change_type = 'cancelled' then changed_at end) as ended_at
    from changes
    group by subscription_id, account_id

),

-- An account churns when its last live subscription ends: a change of plan by a new one is none.
churns as (

    select
        lives.account_id,
        lives.subscription_id,
        subscriptions.cancellation_type as churn_type,
        subscriptions.cancellation_reason as churn_reason,
        {{ next_midnight('lives.ended_at') }} as churned_by,
        lives.ended_at as churned_at
    from lives
    left join lives as others
        on
            lives.account_id = others.account_id
            and lives.subscription_id <> others.subscription_id
            and others.began_at <= lives.ended_at
            and (others.ended_at is null or others.ended_at > lives.ended_at)
    left join subscriptions on lives.subscription_id = subscriptions.subscription_id
    where
        lives.ended_at is not null
        and others.subscription_id is null

)

select * from churns
