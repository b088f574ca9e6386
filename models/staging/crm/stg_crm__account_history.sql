{{ config(
    enabled=source_enabled('crm', 'account_history'),
    materialized=staged_as('account_history')
) }}

with

source_rows as (

    select * from {{ raw_relation('crm', 'account_history') }}

),

renamed as (

    select
        cast({{ raw_column('account_history', 'history_id') }} as {{ dbt.type_string() }})
            as history_id,
        cast({{ raw_column('account_history', 'account_id') }} as {{ dbt.type_string() }})
            as account_id,
        cast({{ raw_column('account_history', 'industry') }} as {{ dbt.type_string() }})
            as industry,
        cast({{ raw_column('account_history', 'sales_segment') }} as {{ dbt.type_string() }})
            as sales_segment,
        cast({{ raw_column('account_history', 'owner') }} as {{ dbt.type_string() }}) as owner,
        cast({{ raw_column('account_history', 'employees') }} as integer) as employees,
        cast({{ raw_column('account_history', 'annual_revenue') }} as bigint)
            as annual_revenue,
        {{ raw_timestamp('account_history', 'valid_from') }} as valid_from,
        {{ raw_timestamp('account_history', '_loaded_at') }} as _landed_at
    from source_rows

),

dated as (

    select
        history_id,
        account_id,
        industry,
        sales_segment,
        owner,
        employees,
        annual_revenue,
        {{ known_from('coalesce(_landed_at, valid_from)') }} as known_from,
        valid_from,
        coalesce(_landed_at, valid_from) as _loaded_at,
        row_number() over (
            partition by history_id
            order by coalesce(_landed_at, valid_from)
        ) as delivery
    from renamed

),

known as (

    select
        history_id,
        account_id,
        industry,
        sales_segment,
        owner,
        employees,
        annual_revenue,
        known_from,
        valid_from,
        lead(valid_from) over (partition by account_id order by valid_from) as valid_until,
        _loaded_at
    from dated
    where
        delivery = 1
        and cast({{ reporting_time('valid_from') }} as date) < {{ as_of() }}
        and known_from <= {{ as_of() }}

)

select * from known
