{{ config(enabled=cohort_return_events() | length > 0) }}

{% set keys =
    'cohort_type, entry_event, return_event, cohort_grain, clock, cohort_period' -%}

with

members as (

    select * from {{ ref('int_cohort_members') }}

),

ages as (

    select * from {{ ref('int_cohort_ages') }}

),

sizes as (

    select
        {{ keys }},
        last_complete_age,
        count(*) as member_count
    from members
    group by {{ keys }}, last_complete_age

),

cohorts as (

    select
        {{ keys }},
        sum(member_count) as cohort_size,
        max(last_complete_age) as oldest_age
    from sizes
    group by {{ keys }}

),

-- One age more than has elapsed: the running one, whose figures are null.
cohort_ages as (

    select
        {{ keys }},
        cohorts.cohort_size,
        cast(series.n as integer) as age
    from cohorts
    inner join {{ number_series(var('cohort_max_age').values() | max, 'series') }}
        on cohorts.oldest_age + 1 >= series.n
    where
        series.n <= case cohorts.cohort_grain
            {%- for grain in var('cohort_grains') %}
            when '{{ grain }}' then {{ var('cohort_max_age')[grain] }}
            {%- endfor %}
        end

),

windows as (

    select
        {{ keys }},
        cast('on' as varchar) as measure,
        cohort_size,
        age,
        age as needed_age,
        age as age_end
    from cohort_ages
    union all
    select
        {{ keys }},
        cast('on_or_after' as varchar) as measure,
        cohort_size,
        age,
        age as needed_age,
        cast(null as integer) as age_end
    from cohort_ages
    {%- for grain, bounds in var('cohort_brackets', {}).items() %}
    {%- for bound in bounds %}
    union all
    select
        {{ keys }},
        cast('bracket' as varchar) as measure,
        cohort_size,
        {{ bound[0] }} as age,
        {{ bound[1] }} as needed_age,
        {{ bound[1] }} as age_end
    from cohorts
    where cohort_grain = '{{ grain }}'
    {%- endfor %}
    {%- endfor %}

),

eligible_windows as (

    select
        {{ keys }},
        windows.measure,
        windows.cohort_size,
        windows.age,
        windows.needed_age,
        windows.age_end,
        sum(
            case when sizes.last_complete_age >= windows.needed_age then sizes.member_count else 0 end
        ) as eligible
    from windows
    inner join sizes using ({{ keys }})
    group by
        {{ keys }},
        windows.measure,
        windows.cohort_size,
        windows.age,
        windows.needed_age,
        windows.age_end

),

last_ages as (

    select
        {{ keys }},
        account_id,
        least(max(age), max(last_complete_age)) as last_age
    from ages
    group by {{ keys }}, account_id

),

reaches as (

    select
        {{ keys }},
        last_age,
        count(*) as member_count
    from last_ages
    group by {{ keys }}, last_age

),

hits as (

    select
        {{ keys }},
        'on' as measure,
        age,
        age as needed_age,
        count(*) as active
    from ages
    where age <= last_complete_age
    group by {{ keys }}, age
    union all
    select
        {{ keys }},
        'on_or_after' as measure,
        cohort_ages.age,
        cohort_ages.age as needed_age,
        sum(reaches.member_count) as active
    from cohort_ages
    inner join reaches using ({{ keys }})
    where reaches.last_age >= cohort_ages.age
    group by {{ keys }}, cohort_ages.age
    {%- for grain, bounds in var('cohort_brackets', {}).items() %}
    {%- for bound in bounds %}
    union all
    select
        {{ keys }},
        'bracket' as measure,
        {{ bound[0] }} as age,
        {{ bound[1] }} as needed_age,
        count(distinct account_id) as active
    from ages
    where
        cohort_grain = '{{ grain }}'
        and age between {{ bound[0] }} and {{ bound[1] }}
        and last_complete_age >= {{ bound[1] }}
    group by {{ keys }}
    {%- endfor %}
    {%- endfor %}

),

retention as (

    select
        cohort_type,
        entry_event,
        return_event,
        cohort_grain,
        clock,
        measure,
        cast(age as integer) as age,
        cast(eligible_windows.age_end as integer) as age_end,
        cast(eligible_windows.cohort_size as bigint) as cohort_size,
        cast(eligible_windows.eligible as bigint) as eligible,
        case
            when eligible_windows.eligible > 0 then cast(coalesce(hits.active, 0) as bigint)
        end as active,
        case
            when eligible_windows.eligible > 0
                then
                    cast(coalesce(hits.active, 0) as double precision)
                    / cast(eligible_windows.eligible as double precision)
        end as retention,
        eligible_windows.eligible = eligible_windows.cohort_size as is_complete,
        cohort_period,
        {{ as_of() }} as as_of_date
    from eligible_windows
    left join hits using ({{ keys }}, measure, age, needed_age)

)

select * from retention
