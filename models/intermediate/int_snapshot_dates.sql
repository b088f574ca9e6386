{{ config(enabled=source_enabled('crm', 'accounts')) }}

with

accounts as (

    select * from {{ ref('stg_crm__accounts') }}

),

bounds as (

    select
        min(signup_date) as first_date,
        {{ as_of() }} as last_date
    from accounts

),

month_starts as (

    select
        {{ date_plus(period_start('month', 'bounds.last_date'), '-series.n', 'month') }}
            as as_of_date,
        bounds.first_date
    from bounds
    cross join {{ number_series(var('snapshot_months'), 'series') }}

),

-- The first of a month may be the last day itself.
month_starts_and_last_day as (

    select as_of_date from month_starts where as_of_date > first_date
    union all
    select last_date as as_of_date from bounds

),

snapshot_dates as (

    select distinct as_of_date from month_starts_and_last_day

)

select * from snapshot_dates
