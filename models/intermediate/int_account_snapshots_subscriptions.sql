{{ config(
    enabled=source_enabled('crm', 'accounts') and has_subscriptions(),
    materialized='table'
) }}

with

snapshots as (

    select * from {{ ref('int_account_snapshots') }}

),

changes as (

    select * from {{ ref('stg_billing__subscription_changes') }}

),

subscription_versions as (

    select * from {{ ref('stg_billing__subscription_versions') }}

),

plan_versions as (

    select * from {{ ref('stg_billing__plan_versions') }}

),

past_changes as (

    select
        snapshots.account_id,
        changes.subscription_id,
        changes.change_type,
        changes.new_plan_id,
        changes.old_quantity,
        changes.new_quantity,
        changes.changed_date,
        snapshots.as_of_date,
        row_number() over (
            partition by changes.subscription_id, snapshots.as_of_date
            order by changes.changed_at desc
        ) as recency
    from snapshots
    inner join changes
        on
            snapshots.account_id = changes.account_id
            and changes.changed_date < snapshots.as_of_date
            and {{ is_known_on('changes', 'snapshots.as_of_date') }}

),

downgrades as (

    select
        account_id,
        as_of_date
    from past_changes
    where
        changed_date >= {{ date_plus('as_of_date', -90) }}
        and (
            change_type = 'downgrade'
            or (change_type = 'seats' and new_quantity < old_quantity)
        )
    group by account_id, as_of_date

),

-- What a subscription was on the date: its last change, at the price and discount known then.
states as (

    select
        past_changes.account_id,
        past_changes.new_plan_id as plan_id,
        plan_versions.tier,
        past_changes.new_quantity as seats,
        case
            when past_changes.change_type = 'paused' then 0
            else
                past_changes.new_quantity
                * plan_versions.monthly_unit_amount
                * (1 - coalesce(subscription_versions.discount_percent, 0) / 100.0)
        end as mrr,
        past_changes.change_type <> 'cancelled' as is_alive,
        past_changes.change_type = 'paused' as is_paused,
        past_changes.as_of_date
    from past_changes
    left join plan_versions
        on
            past_changes.new_plan_id = plan_versions.plan_id
            and {{ is_known_on('plan_versions', 'past_changes.as_of_date', true) }}
    left join subscription_versions
        on
            past_changes.subscription_id = subscription_versions.subscription_id
            and {{ is_known_on('subscription_versions', 'past_changes.as_of_date', true) }}
    where past_changes.recency = 1

),

account_states as (

    select
        account_id,
        max(case when is_alive then plan_id end) as plan_id,
        max(case when is_alive then tier end) as plan_tier,
        cast(sum(case when is_alive then seats end) as bigint) as seats,
        sum(case when is_alive then mrr else 0 end) as mrr,
        max(case when is_alive then 1 else 0 end) = 1 as has_subscription,
        max(case when is_alive and is_paused then 1 else 0 end) = 1 as is_paused,
        max(case when is_alive then 1 else 0 end) = 0 as is_former_customer,
        as_of_date
    from states
    group by account_id, as_of_date

),

subscriptions as (

    select
        account_states.account_id,
        account_states.plan_id,
        account_states.plan_tier,
        account_states.seats,
        account_states.mrr,
        account_states.has_subscription,
        account_states.is_paused,
        account_states.is_former_customer,
        downgrades.account_id is not null as has_downgrade_90d,
        account_states.as_of_date
    from account_states
    left join downgrades
        on
            account_states.account_id = downgrades.account_id
            and account_states.as_of_date = downgrades.as_of_date

)

select * from subscriptions
