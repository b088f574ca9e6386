{{ config(enabled=source_enabled('product', 'users'), materialized=staged_as('users')) }}

with

source_rows as (

    select * from {{ raw_relation('product', 'users') }}

),

renamed as (

    select
        cast({{ raw_column('users', 'user_id') }} as {{ dbt.type_string() }}) as user_id,
        cast(
            {{ raw_column('users', 'account_id', raw_column('users', 'user_id')) }}
            as {{ dbt.type_string() }}
        ) as account_id,
        cast({{ raw_column('users', 'role') }} as {{ dbt.type_string() }}) as role,
        {{ raw_timestamp('users', 'created_at') }} as created_at,
        {{ raw_timestamp('users', '_loaded_at') }} as _landed_at
    from source_rows

),

dated as (

    select
        user_id,
        account_id,
        role,
        cast({{ reporting_time('created_at') }} as date) as created_date,
        {{ known_from('coalesce(_landed_at, created_at)') }} as known_from,
        created_at,
        coalesce(_landed_at, created_at) as _loaded_at,
        row_number() over (
            partition by user_id
            order by coalesce(_landed_at, created_at)
        ) as delivery
    from renamed

),

known as (

    select
        user_id,
        account_id,
        role,
        created_date,
        known_from,
        created_at,
        _loaded_at
    from dated
    where
        delivery = 1
        and created_date < {{ as_of() }}
        and known_from <= {{ as_of() }}

)

select * from known
