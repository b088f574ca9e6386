{# Of a list of columns of fct_account_features, those whose source is switched on. #}
{% macro available_features(features) %}
    {%- set sources = {
        'active_days_28d': 'product',
        'active_days_84d': 'product',
        'active_users_28d': 'product',
        'activity_trend_28d': 'product',
        'days_since_last_event': 'product',
        'distinct_events_28d': 'product',
        'distinct_events_84d': 'product',
        'events_28d': 'product',
        'events_per_active_day_28d': 'product',
        'events_per_active_day_84d': 'product',
        'events_prior_28d': 'product',
        'seat_utilisation_28d': 'product',
        'net_amount_90d': 'commerce',
        'orders_90d': 'commerce',
    } -%}
    {%- set tables = {'product': 'events', 'commerce': 'orders'} -%}
    {%- set available = [] -%}
    {%- for feature in features -%}
        {%- set source = sources.get(feature) -%}
        {%- if source is none or source_enabled(source, tables[source]) -%}
            {%- do available.append(feature) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(available) }}
{% endmacro %}
