{#
  The raw tables there may be, by source: the columns that a table needs, and those that it may have
  besides.
#}
{% macro raw_tables() %}
    {{ return({
        'crm': {
            'accounts': {
                'needed': ['account_id', 'signup_at'],
                'optional': [
                    'account_name', 'industry', 'country', 'sales_segment', 'owner', 'lead_source',
                    'employees', 'annual_revenue', '_loaded_at',
                ],
            },
            'account_history': {
                'needed': ['account_id', 'valid_from'],
                'optional': [
                    'history_id', 'industry', 'sales_segment', 'owner', 'employees',
                    'annual_revenue', '_loaded_at',
                ],
            },
        },
        'product': {
            'users': {
                'needed': ['user_id', 'created_at'],
                'optional': ['account_id', 'role', '_loaded_at'],
            },
            'events': {
                'needed': ['event_at'],
                'optional': ['event_id', 'user_id', 'account_id', 'event_name', '_loaded_at'],
            },
        },
        'billing': {
            'plans': {
                'needed': ['plan_id'],
                'optional': [
                    'plan_name', 'billing_interval', 'currency', 'tier', 'unit_amount',
                    '_loaded_at',
                ],
            },
            'subscriptions': {
                'needed': ['subscription_id', 'account_id', 'started_at'],
                'optional': [
                    'plan_id', 'status', 'cancellation_type', 'cancellation_reason', 'quantity',
                    'discount_percent', 'ended_at', '_loaded_at',
                ],
            },
            'subscription_changes': {
                'needed': ['subscription_id', 'changed_at'],
                'optional': [
                    'change_id', 'account_id', 'old_plan_id', 'new_plan_id', 'change_type',
                    'old_quantity', 'new_quantity', '_loaded_at',
                ],
            },
        },
        'commerce': {
            'orders': {
                'needed': ['account_id', 'ordered_at'],
                'optional': [
                    'order_id', 'status', 'currency', 'gross_amount', 'discount_amount',
                    'refund_amount', '_loaded_at',
                ],
            },
        },
        'labelled': {
            'labelled_accounts': {'needed': ['account_id', 'is_churned'], 'optional': []},
        },
    }) }}
{% endmacro %}
