{{ config(enabled=source_enabled('billing', 'plans'), materialized=staged_as('plans')) }}

with

source_rows as (

    select * from {{ raw_relation('billing', 'plans') }}

),

renamed as (

    select
        cast({{ raw_column('plans', 'plan_id') }} as {{ dbt.type_string() }}) as plan_id,
        cast({{ raw_column('plans', 'plan_name') }} as {{ dbt.type_string() }}) as plan_name,
        cast({{ raw_column('plans', 'billing_interval', "'month'") }} as {{ dbt.type_string() }})
            as billing_interval,
        cast({{ raw_column('plans', 'currency') }} as {{ dbt.type_string() }}) as currency,
        cast({{ raw_column('plans', 'tier') }} as integer) as tier,
        cast({{ raw_column('plans', 'unit_amount', '0') }} as numeric(18, 2)) as unit_amount,
        {{ raw_timestamp('plans', '_loaded_at') }} as _loaded_at
    from source_rows

),

-- A price list that does not say when it landed has always been known.
dated as (

    select
        plan_id,
        plan_name,
        billing_interval,
        currency,
        tier,
        unit_amount,
        cast(
            unit_amount / case billing_interval when 'year' then 12 when 'quarter' then 3 else 1 end
            as {{ double_type() }}
        ) as monthly_unit_amount,
        coalesce({{ known_from('_loaded_at') }}, cast('1970-01-01' as date)) as known_from,
        _loaded_at
    from renamed

),

known as (

    select
        *,
        lead(known_from) over (partition by plan_id order by known_from, _loaded_at) as known_until
    from dated
    where known_from <= {{ as_of() }}

)

select * from known
