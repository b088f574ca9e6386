{{ config(enabled=cohort_return_events() | length > 0, materialized='table') }}

{% set clocks = var('cohort_kinds') | map(attribute='clock') | unique | list -%}

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

-- One join per clock and no finer: on a table without statistics every further condition makes a
-- warehouse expect fewer rows, until it picks nested loops.
ages as (

    {% for clock in clocks -%}
    select distinct
        members.account_id,
        members.cohort_type,
        members.entry_event,
        members.return_event,
        members.cohort_grain,
        members.clock,
        case members.cohort_grain
            {%- for grain in var('cohort_kinds') | selectattr('clock', 'equalto', clock)
                | map(attribute='grain') | unique %}
            when '{{ grain }}' then
                {{ cohort_age(
                    clock, grain, 'members.cohort_period', 'members.entered_at',
                    'returns.returned_at'
                ) }}
            {%- endfor %}
        end as age,
        members.last_complete_age,
        members.cohort_period
    from members
    inner join {{ 'daily_returns' if clock == 'calendar' else 'returns' }} as returns
        on
            members.account_id = returns.account_id
            and members.return_event = returns.return_event
            -- A calendar period counts as a whole: who signed up on the 15th and was active on the
            -- 1st was active in the month of sign-up.
            {%- if clock == 'calendar' %}
            and cast(members.cohort_period as timestamp) <= returns.returned_at
            {%- else %}
            and members.entered_at <= returns.returned_at
            {%- endif %}
    where members.clock = '{{ clock }}'
    {% if not loop.last %}union all
    {% endif -%}
    {% endfor %}
)

select * from ages
