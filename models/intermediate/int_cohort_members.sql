{% set return_events = cohort_return_events() -%}
{{ config(enabled=return_events | length > 0, materialized='table') }}

with

entries as (

    select * from {{ ref('int_cohort_entries') }}

),

first_entries as (

    select
        account_id,
        entry_event,
        min(entered_at) as entered_at
    from entries
    group by 1, 2

),

members as (

    {% for kind in cohort_kinds() -%}
    select
        account_id,
        cast('{{ kind.type }}' as {{ dbt.type_string() }}) as cohort_type,
        entry_event,
        cast('{{ kind.grain }}' as {{ dbt.type_string() }}) as cohort_grain,
        cast('{{ kind.clock }}' as {{ dbt.type_string() }}) as clock,
        {{ period_start(kind.grain, 'entered_at') }} as cohort_period,
        {%- if kind.type == 'first_ever' %}
        entered_at
    from first_entries
        {%- else %}
        min(entered_at) as entered_at
    from entries
    where entry_event <> 'sign_up'
    group by 1, 3, 6
        {%- endif %}
    {% if not loop.last %}union all
    {% endif -%}
    {% endfor %}
),

aged as (

    select
        account_id,
        cohort_type,
        entry_event,
        cast(
            case entry_event
                {%- for entry_event, return_event in return_events.items() %}
                when '{{ entry_event }}' then '{{ return_event }}'
                {%- endfor %}
            end as {{ dbt.type_string() }}
        ) as return_event,
        cohort_grain,
        clock,
        -- An age has elapsed once the next one begins.
        case
            {%- for kind in var('cohort_kinds') %}
            when cohort_grain = '{{ kind.grain }}' and clock = '{{ kind.clock }}' then
                {{ cohort_age(
                    kind.clock, kind.grain, 'cohort_period', 'entered_at',
                    'cast(' ~ as_of() ~ ' as timestamp)'
                ) }}
            {%- endfor %}
        end - 1 as last_complete_age,
        cohort_period,
        entered_at
    from members

)

select * from aged
