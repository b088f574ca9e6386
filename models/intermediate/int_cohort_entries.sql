{% set entry_events = cohort_return_events() -%}
{{ config(enabled=entry_events | length > 0) }}

with

{% if 'sign_up' in entry_events -%}
{%- if source_enabled('crm', 'accounts') -%}
sign_ups as (

    select
        account_id,
        signup_at as occurred_at
    from {{ ref('stg_crm__accounts') }}

),
{%- else -%}
sign_ups as (

    select
        account_id,
        min(created_at) as occurred_at
    from {{ ref('stg_product__users') }}
    group by 1

),
{%- endif %}
{%- endif %}

{% if 'order' in entry_events -%}
orders as (

    select
        account_id,
        ordered_at as occurred_at
    from {{ ref('stg_commerce__orders') }}
    where status <> 'cancelled'

),
{%- endif %}

{% if 'key_action' in entry_events -%}
key_actions as (

    select
        account_id,
        event_at as occurred_at
    from {{ ref('stg_product__events') }}
    where event_name = {{ quote_text(var('key_action')) }}

),
{%- endif %}

{% if 'subscription' in entry_events -%}
subscriptions as (

    select
        account_id,
        started_at as occurred_at
    from {{ ref('stg_billing__subscriptions') }}

),
{%- endif %}

entries as (

    {% for entry_event in entry_events -%}
    select
        account_id,
        cast('{{ entry_event }}' as {{ dbt.type_string() }}) as entry_event,
        {{ reporting_time('occurred_at') }} as entered_at
    from {{ entry_event }}s
    {% if not loop.last %}union all
    {% endif -%}
    {% endfor %}
)

select * from entries
