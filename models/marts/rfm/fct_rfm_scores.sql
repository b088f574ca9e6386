{{ config(enabled=source_enabled('commerce', 'orders')) }}

{% set window_days = var('rfm_window_days', none) -%}
{% set in_window =
    '1 = 1' if window_days is none else 'ordered_date >= ' ~ date_plus(as_of(), -window_days) -%}

with

orders as (

    select * from {{ ref('fct_orders') }} where not is_cancelled

),

{% if source_enabled('crm', 'accounts') -%}
accounts as (

    select account_id from {{ ref('dim_accounts') }}

),

{% endif -%}
grid as (

    select * from {{ ref('rfm_grid_11_segments') }}

),

{% if var('rfm_method') == 'fixed' -%}
thresholds as (

    select * from {{ ref('rfm_thresholds') }}

),

{% endif -%}
customers as (

    select
        account_id,
        cast({{ dbt.datediff('max(ordered_date)', as_of(), 'day') }} as bigint) as recency_days,
        cast(count(distinct case when {{ in_window }} then order_id end) as bigint) as frequency,
        cast(sum(case when {{ in_window }} then net_amount else 0 end) as numeric(18, 2))
            as monetary,
        max(ordered_date) as last_order_date
    from orders
    group by 1

),

scored as (

    {% if var('rfm_method') == 'fixed' -%}
    select
        customers.account_id,
        customers.recency_days,
        customers.frequency,
        customers.monetary,
        customers.last_order_date,
        cast(recency.score as integer) as r_score,
        cast(frequency.score as integer) as f_score,
        cast(monetary.score as integer) as m_score
    from customers
    {%- for dimension, measure in [
        ('recency', 'recency_days'), ('frequency', 'frequency'), ('monetary', 'monetary')
    ] %}
    left join thresholds as {{ dimension }}
        on
            {{ dimension }}.dimension = '{{ dimension }}'
            and customers.{{ measure }} >= coalesce({{ dimension }}.lower_bound, -1000000000000)
            and customers.{{ measure }} < coalesce({{ dimension }}.upper_bound, 1000000000000)
    {%- endfor %}
    {%- else -%}
    select
        account_id,
        recency_days,
        frequency,
        monetary,
        last_order_date,
        {{ rfm_score('recency_days', 'desc') }} as r_score,
        {{ rfm_score('frequency') }} as f_score,
        {{ rfm_score('monetary') }} as m_score
    from customers
    {%- endif %}

),

segmented as (

    select
        scored.account_id,
        cast(grid.segment as {{ dbt.type_string() }}) as rfm_segment,
        scored.recency_days,
        scored.frequency,
        scored.monetary,
        scored.r_score,
        scored.f_score,
        scored.m_score,
        scored.last_order_date,
        {{ as_of() }} as as_of_date
    from scored
    left join grid
        on
            scored.r_score = grid.r_score
            and scored.f_score = grid.f_score
            and scored.m_score = grid.m_score

),

{% if source_enabled('crm', 'accounts') -%}
prospects as (

    select
        accounts.account_id,
        cast('Prospects' as {{ dbt.type_string() }}) as rfm_segment,
        cast(null as bigint) as recency_days,
        cast(0 as bigint) as frequency,
        cast(0 as numeric(18, 2)) as monetary,
        cast(null as integer) as r_score,
        cast(null as integer) as f_score,
        cast(null as integer) as m_score,
        cast(null as date) as last_order_date,
        {{ as_of() }} as as_of_date
    from accounts
    left join customers on accounts.account_id = customers.account_id
    where customers.account_id is null

),

{% endif -%}
everybody as (

    select * from segmented
    {%- if source_enabled('crm', 'accounts') %}
    union all
    select * from prospects
    {%- endif %}

)

select * from everybody
