{{ config(enabled=source_enabled('billing', 'plans')) }}

with

source_rows as (

    select * from {{ raw_relation('billing', 'plans') }}

),

renamed as (

    select
        cast({{ raw_column('plans', 'plan_id') }} as varchar) as plan_id,
        cast({{ raw_column('plans', 'plan_name') }} as varchar) as plan_name,
        cast({{ raw_column('plans', 'billing_interval', "'month'") }} as varchar)
            as billing_interval,
        cast({{ raw_column('plans', 'currency') }} as varchar) as currency,
        cast({{ raw_column('plans', 'tier') }} as integer) as tier,
        cast({{ raw_column('plans', 'unit_amount', '0') }} as numeric(18, 2)) as unit_amount,
        {{ raw_timestamp('plans', '_loaded_at') }} as _loaded_at
    from source_rows

),

ranked as (

    select
        *,
        row_number() over (partition by plan_id order by _loaded_at desc) as recency
    from renamed
    where _loaded_at is null or {{ known_from('_loaded_at') }} <= {{ as_of() }}

),

latest as (

    select
        plan_id,
        plan_name,
        billing_interval,
        currency,
        tier,
        unit_amount,
        cast(
            unit_amount / case billing_interval when 'year' then 12 when 'quarter' then 3 else 1 end
            as double precision
        ) as monthly_unit_amount,
        _loaded_at
    from ranked
    where recency = 1

)

select * from latest
