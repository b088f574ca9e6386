{# Whether all that a subscription's state at a past day is rebuilt from is there. #}
{% macro has_subscriptions() %}
    {{ return(
        source_enabled('billing', 'plans')
        and source_enabled('billing', 'subscriptions')
        and source_enabled('billing', 'subscription_changes')
    ) }}
{% endmacro %}
