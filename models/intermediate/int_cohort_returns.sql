{% set return_events = cohort_return_events().values() | unique | list -%}
{{ config(enabled=return_events | length > 0) }}

with

{% if 'activity' in return_events -%}
activity as (

    select
        account_id,
        cast('activity' as {{ dbt.type_string() }}) as return_event,
        {{ reporting_time('event_at') }} as returned_at
    from {{ ref('stg_product__events') }}

),
{%- endif %}

{% if 'order' in return_events -%}
orders as (

    select
        account_id,
        cast('order' as {{ dbt.type_string() }}) as return_event,
        {{ reporting_time('ordered_at') }} as returned_at
    from {{ ref('stg_commerce__orders') }}
    where status <> 'cancelled'

),
{%- endif %}

returns as (

    {% for return_event in return_events -%}
    select * from {{ 'orders' if return_event == 'order' else return_event }}
    {% if not loop.last %}union all
    {% endif -%}
    {% endfor %}
)

select * from returns
