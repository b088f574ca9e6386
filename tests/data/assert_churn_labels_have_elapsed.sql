{{ config(enabled=source_enabled('crm', 'accounts') and has_subscriptions()) }}

-- A label counts only once its whole window lies before as_of.
select
    account_id,
    as_of_date,
    label_until
from {{ ref('fct_churn_training_rows') }}
where
    label_until >= {{ as_of() }}
    or label_from < as_of_date
    or label_until <= label_from
