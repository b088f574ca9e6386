{{ config(enabled=source_enabled('crm', 'accounts'), materialized='table') }}

with

snapshot_dates as (

    select * from {{ ref('int_snapshot_dates') }}

),

account_versions as (

    select * from {{ ref('stg_crm__account_versions') }}

),

snapshots as (

    select
        account_versions.account_id,
        account_versions.industry,
        account_versions.country,
        account_versions.sales_segment,
        account_versions.employees,
        account_versions.annual_revenue,
        cast(
            {{ dbt.datediff('account_versions.signup_date', 'snapshot_dates.as_of_date', 'day') }}
            as bigint
        ) as tenure_days,
        account_versions.signup_date,
        snapshot_dates.as_of_date
    from snapshot_dates
    inner join account_versions
        on
            account_versions.signup_date < snapshot_dates.as_of_date
            and {{ is_known_on('account_versions', 'snapshot_dates.as_of_date', true) }}

)

select * from snapshots
