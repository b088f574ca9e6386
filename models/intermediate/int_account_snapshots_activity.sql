{{ config(
    enabled=source_enabled('crm', 'accounts') and source_enabled('product', 'events'),
    materialized='table'
) }}

{% set days_ago -%}
    {{ dbt.datediff('events.event_date', 'snapshots.as_of_date', 'day') }}
{%- endset -%}

with

snapshots as (

    select * from {{ ref('int_account_snapshots') }}

),

events as (

    select * from {{ ref('stg_product__events') }}

),

recent_events as (

    select
        snapshots.account_id,
        events.user_id,
        events.event_name,
        {{ days_ago }} as days_ago,
        events.event_date,
        snapshots.as_of_date
    from snapshots
    inner join events
        on
            snapshots.account_id = events.account_id
            and events.event_date < snapshots.as_of_date
            and events.event_date >= {{ date_plus('snapshots.as_of_date', -84) }}
            and {{ is_known_on('events', 'snapshots.as_of_date') }}

),

activity as (

    select
        account_id,
        count(case when days_ago <= 28 then 1 end) as events_28d,
        count(case when days_ago > 28 and days_ago <= 56 then 1 end) as events_prior_28d,
        count(*) as events_84d,
        count(distinct case when days_ago <= 28 then event_date end) as active_days_28d,
        count(distinct event_date) as active_days_84d,
        count(distinct case when days_ago <= 28 then event_name end) as distinct_events_28d,
        count(distinct event_name) as distinct_events_84d,
        count(distinct case when days_ago <= 28 then user_id end) as active_users_28d,
        cast(min(days_ago) - 1 as bigint) as days_since_last_event,
        as_of_date
    from recent_events
    group by account_id, as_of_date

)

select * from activity
