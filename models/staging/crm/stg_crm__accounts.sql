{{ config(enabled=source_enabled('crm', 'accounts')) }}

with

account_versions as (

    select * from {{ ref('stg_crm__account_versions') }}

),

latest as (

    select
        account_id,
        account_name,
        industry,
        country,
        sales_segment,
        owner,
        lead_source,
        employees,
        annual_revenue,
        signup_date,
        known_from,
        signup_at,
        _loaded_at
    from account_versions
    where known_until is null

)

select * from latest
