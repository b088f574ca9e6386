{{ config(enabled=source_enabled('crm', 'accounts')) }}

with

accounts as (

    select * from {{ ref('stg_crm__accounts') }}

),

described as (

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
        signup_at
    from accounts

)

select * from described
