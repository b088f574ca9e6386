{{ config(enabled=source_enabled('crm', 'accounts'), materialized=staged_as('accounts')) }}

with

source_rows as (

    select * from {{ raw_relation('crm', 'accounts') }}

),

renamed as (

    select
        cast({{ raw_column('accounts', 'account_id') }} as {{ dbt.type_string() }}) as account_id,
        cast({{ raw_column('accounts', 'account_name') }} as {{ dbt.type_string() }})
            as account_name,
        cast({{ raw_column('accounts', 'industry') }} as {{ dbt.type_string() }}) as industry,
        cast({{ raw_column('accounts', 'country') }} as {{ dbt.type_string() }}) as country,
        cast({{ raw_column('accounts', 'sales_segment') }} as {{ dbt.type_string() }})
            as sales_segment,
        cast({{ raw_column('accounts', 'owner') }} as {{ dbt.type_string() }}) as owner,
        cast({{ raw_column('accounts', 'lead_source') }} as {{ dbt.type_string() }}) as lead_source,
        cast({{ raw_column('accounts', 'employees') }} as integer) as employees,
        cast({{ raw_column('accounts', 'annual_revenue') }} as bigint) as annual_revenue,
        {{ raw_timestamp('accounts', 'signup_at') }} as signup_at,
        {{ raw_timestamp('accounts', '_loaded_at') }} as _landed_at
    from source_rows

),

dated as (

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
        cast({{ reporting_time('signup_at') }} as date) as signup_date,
        {{ known_from('coalesce(_landed_at, signup_at)') }} as known_from,
        signup_at,
        coalesce(_landed_at, signup_at) as _loaded_at
    from renamed

),

known as (

    select
        *,
        lead(known_from) over (partition by account_id order by _loaded_at) as known_until
    from dated
    where
        signup_date < {{ as_of() }}
        and known_from <= {{ as_of() }}

)

select * from known
