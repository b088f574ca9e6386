{{ config(enabled=cohort_return_events() | length > 0) }}

{% set keys =
    'cohort_type, entry_event, return_event, cohort_grain, clock, cohort_period' -%}
{% set brackets = var('cohort_brackets', {}) -%}

-- Everything here is counted and added up, never joined on the key of a cohort: a warehouse that
-- guesses the size of such a join wrongly takes minutes over it.
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
        last_complete_age,
        member_count,
        sum(member_count) over (partition by {{ keys }}) as cohort_size,
        max(last_complete_age) over (partition by {{ keys }}) as oldest_age
    from sizes

),

-- One age more than has elapsed: the running one, whose figures are null.
eligible_ages as (

    select
        {{ keys }},
        series.n as age,
        cohorts.cohort_size,
        sum(case when cohorts.last_complete_age >= series.n then cohorts.member_count else 0 end)
            as eligible
    from cohorts
    inner join {{ number_series(var('cohort_max_age').values() | max, 'series') }}
        on cohorts.oldest_age + 1 >= series.n
    where
        series.n <= case cohorts.cohort_grain
            {%- for grain, last_age in var('cohort_max_age').items() %}
            when '{{ grain }}' then {{ last_age }}
            {%- endfor %}
        end
    group by {{ keys }}, series.n, cohorts.cohort_size

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

counts as (

    select
        {{ keys }},
        'on' as measure,
        age,
        age as age_end,
        cohort_size,
        eligible,
        0 as active
    from eligible_ages
    union all
    select
        {{ keys }},
        'on' as measure,
        age,
        age as age_end,
        0 as cohort_size,
        0 as eligible,
        count(*) as active
    from ages
    where age <= last_complete_age
    group by {{ keys }}, age
    union all
    select
        {{ keys }},
        'on_or_after' as measure,
        age,
        cast(null as integer) as age_end,
        cohort_size,
        eligible,
        0 as active
    from eligible_ages
    union all
    select
        {{ keys }},
        'on_or_after' as measure,
        series.n as age,
        cast(null as integer) as age_end,
        0 as cohort_size,
        0 as eligible,
        sum(reaches.member_count) as active
    from reaches
    inner join {{ number_series(var('cohort_max_age').values() | max, 'series') }}
        on reaches.last_age >= series.n
    group by {{ keys }}, series.n
    {%- for grain, bounds in brackets.items() %}
    {%- for bound in bounds %}
    union all
    select
        {{ keys }},
        'bracket' as measure,
        {{ bound[0] }} as age,
        {{ bound[1] }} as age_end,
        sum(member_count) as cohort_size,
        sum(case when last_complete_age >= {{ bound[1] }} then member_count else 0 end) as eligible,
        0 as active
    from sizes
    where cohort_grain = '{{ grain }}'
    group by {{ keys }}
    union all
    select
        {{ keys }},
        'bracket' as measure,
        {{ bound[0] }} as age,
        {{ bound[1] }} as age_end,
        0 as cohort_size,
        0 as eligible,
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

totals as (

    select
        {{ keys }},
        measure,
        age,
        age_end,
        cast(sum(cohort_size) as bigint) as cohort_size,
        cast(sum(eligible) as bigint) as eligible,
        cast(sum(active) as bigint) as active
    from counts
    group by {{ keys }}, measure, age, age_end
    -- Returns beyond the ages asked for have no cohort beside them.
    having sum(counts.cohort_size) > 0

),

retention as (

    select
        cohort_type,
        entry_event,
        return_event,
        cohort_grain,
        clock,
        cast(measure as {{ dbt.type_string() }}) as measure,
        cast(age as integer) as age,
        cast(age_end as integer) as age_end,
        cohort_size,
        eligible,
        case when eligible > 0 then active end as active,
        {{ safe_divide('active', 'eligible') }} as retention,
        eligible = cohort_size as is_complete,
        cohort_period,
        {{ as_of() }} as as_of_date
    from totals

)

select * from retention
