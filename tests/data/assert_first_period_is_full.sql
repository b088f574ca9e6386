{{ config(enabled=source_enabled('commerce', 'orders')) }}

-- Where entry and return are the same event, everybody is there in period 0.
select *
from {{ ref('fct_cohort_retention') }}
where
    entry_event = 'order'
    and return_event = 'order'
    and measure <> 'bracket'
    and age = 0
    and eligible > 0
    and retention <> 1
