{#
  Entry event → the event whose repetition counts as a return, over the sources that are on.
#}
{% macro cohort_return_events() %}
    {%- set has_orders = source_enabled('commerce', 'orders') -%}
    {%- set has_events = source_enabled('product', 'events') -%}
    {%- set general = 'activity' if has_events else ('order' if has_orders else none) -%}
    {%- set pairs = {} -%}
    {%- if general and (source_enabled('crm', 'accounts') or source_enabled('product', 'users')) -%}
        {%- do pairs.update({'sign_up': general}) -%}
    {%- endif -%}
    {%- if has_orders -%}
        {%- do pairs.update({'order': 'order'}) -%}
    {%- endif -%}
    {%- if has_events -%}
        {%- do pairs.update({'key_action': 'activity'}) -%}
    {%- endif -%}
    {%- if general and source_enabled('billing', 'subscriptions') -%}
        {%- do pairs.update({'subscription': general}) -%}
    {%- endif -%}
    {{ return(pairs) }}
{% endmacro %}
