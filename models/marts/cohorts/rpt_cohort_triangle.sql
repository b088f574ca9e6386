{{ config(enabled=cohort_return_events() | length > 0) }}

{% set last_age = 12 -%}

with

cohort_retention as (

    select * from {{ ref('fct_cohort_retention') }}

),

monthly_retention as (

    select
        entry_event,
        age,
        cohort_size,
        eligible,
        active,
        cohort_period
    from cohort_retention
    where
        cohort_type = 'first_ever'
        and cohort_grain = 'month'
        and clock = 'calendar'
        and measure = 'on'
        and age <= {{ last_age }}

),

cohort_lines as (

    select
        entry_event,
        cast(cohort_period as {{ dbt.type_string() }}) as cohort,
        max(cohort_size) as cohort_size,
        {%- for age in range(last_age + 1) %}
        max(case when age = {{ age }} then active end) as active_m{{ age }},
        {%- endfor %}
        {%- for age in range(last_age + 1) %}
        max(case when age = {{ age }} then eligible end) as eligible_m{{ age }},
        {%- endfor %}
        cohort_period as cohort_month
    from monthly_retention
    group by entry_event, cohort_period

),

-- Weighted: members active over members eligible, not the mean of the cohorts' rates.
top_lines as (

    select
        entry_event,
        cast('all' as {{ dbt.type_string() }}) as cohort,
        sum(cohort_size) as cohort_size,
        {%- for age in range(last_age + 1) %}
        sum(active_m{{ age }}) as active_m{{ age }},
        {%- endfor %}
        {%- for age in range(last_age + 1) %}
        sum(eligible_m{{ age }}) as eligible_m{{ age }},
        {%- endfor %}
        cast(null as date) as cohort_month
    from cohort_lines
    group by entry_event

),

all_lines as (

    select * from top_lines
    union all
    select * from cohort_lines

),

triangle as (

    select
        entry_event,
        cohort,
        cast(cohort_size as bigint) as cohort_size,
        {%- for age in range(last_age + 1) %}
        cast(active_m{{ age }} as bigint) as active_m{{ age }},
        {%- endfor %}
        {%- for age in range(last_age + 1) %}
        {{ safe_divide('active_m' ~ age, 'eligible_m' ~ age) }} as retention_m{{ age }},
        {%- endfor %}
        cohort_month,
        {{ as_of() }} as as_of_date
    from all_lines

)

select * from triangle
