{{ config(enabled=cohort_return_events() | length > 0, materialized='table') }}

with

members as (

    select * from {{ ref('int_cohort_members') }}

),

returns as (

    select * from {{ ref('int_cohort_returns') }}

),

daily_returns as (

    select
        account_id,
        return_event,
        max(returned_at) as returned_at
    from returns
    group by account_id, return_event, cast(returned_at as date)

),

ages as (

    {% for kind in var('cohort_kinds') -%}
    select distinct
        members.account_id,
        members.cohort_type,
        members.entry_event,
        members.return_event,
        members.cohort_grain,
        members.clock,
        {{ cohort_age(
            kind.clock, kind.grain, 'members.cohort_period', 'members.entered_at',
            'returns.returned_at'
        ) }} as age,
        members.last_complete_age,
        members.cohort_period
    from members
    inner join {{ 'daily_returns' if kind.clock == 'calendar' else 'returns' }} as returns
        on
            members.account_id = returns.account_id
            and members.return_event = returns.return_event
            and members.entered_at <= returns.returned_at
    where
        members.cohort_type = '{{ kind.type }}'
        and members.cohort_grain = '{{ kind.grain }}'
        and members.clock = '{{ kind.clock }}'
    {% if not loop.last %}union all
    {% endif -%}
    {% endfor %}
)

select * from ages
