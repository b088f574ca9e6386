/**
 * The churn features and outcomes of every eligible account and month start, written from their definitions in
 * docs/demo-data.md and sharing nothing with the generator, over the raw tables as DuckDB reads them.
 */
export const observationSql = `
with dates as (
  select cast(unnest(generate_series(date '2024-01-01', date '2026-01-01', interval 1 month)) as date) as as_of
),
accounts as (
  select account_id, min(signup_at) as signup_at from raw_accounts group by 1
),
subscriptions as (
  select subscription_id, account_id, min(started_at) as started_at, max(ended_at) as ended_at
  from raw_subscriptions group by 1, 2
),
eligible as (
  select account_id, subscription_id, as_of, started_at, ended_at, as_of - cast(signup_at as date) as tenure_days
  from dates
  inner join subscriptions on started_at < as_of and coalesce(ended_at >= as_of, true)
  inner join accounts using (account_id)
),
events as (
  select event_id, account_id, user_id, event_at, min(_loaded_at) as landed_at from raw_events group by 1, 2, 3, 4
),
activity as (
  select
    account_id,
    as_of,
    count(distinct cast(event_at as date)) filter (where event_at >= as_of - interval 28 day) as active_days,
    count(distinct user_id) filter (where event_at >= as_of - interval 28 day) as users,
    count(event_id) filter (where event_at >= as_of - interval 28 day) as recent,
    count(event_id) filter (where event_at < as_of - interval 28 day) as before
  from eligible
  left join events using (account_id)
  where event_at < as_of and event_at >= as_of - interval 56 day and landed_at <= as_of
  group by 1, 2
),
orders as (
  select account_id, as_of, count(distinct order_id) as orders
  from eligible
  inner join raw_orders using (account_id)
  where status <> 'cancelled' and ordered_at < as_of and ordered_at >= as_of - interval 90 day and _loaded_at <= as_of
  group by 1, 2
),
seats as (
  select subscription_id, as_of, arg_max(new_quantity, changed_at) as seats
  from eligible
  inner join raw_subscription_changes using (subscription_id)
  where changed_at < as_of
  group by 1, 2
),
downgrades as (
  select distinct account_id, as_of
  from eligible
  inner join raw_subscription_changes using (account_id)
  where changed_at < as_of and changed_at >= as_of - interval 90 day
    and (change_type = 'downgrade' or (change_type = 'seats' and new_quantity < old_quantity))
)
select
  account_id,
  as_of,
  coalesce(active_days, 0) as active_days_28d,
  greatest(-1, least(1, (coalesce(recent, 0) - coalesce(before, 0)) / greatest(1, coalesce(before, 0)))) as activity_trend_28d,
  least(1, coalesce(users, 0) / seats) as seat_utilisation_28d,
  tenure_days,
  coalesce(orders, 0) as orders_90d,
  case when downgrades.account_id is null then 0 else 1 end as has_downgrade_90d,
  case when as_of + interval 30 day <= timestamp '2026-01-01'
    then coalesce(ended_at > as_of and ended_at <= as_of + interval 30 day, false) end as churned
from eligible
left join activity using (account_id, as_of)
left join orders using (account_id, as_of)
left join seats using (subscription_id, as_of)
left join downgrades using (account_id, as_of)
`;
