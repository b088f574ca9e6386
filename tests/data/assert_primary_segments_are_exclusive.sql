{{ config(enabled=source_enabled('crm', 'accounts') and var('segments') | length > 0) }}

-- At any time an account is in one primary segment at most.
select
    account_id,
    count(*) as segment_count
from {{ ref('fct_segment_membership') }}
where
    segment_layer = 'primary'
    and valid_to is null
group by account_id
having count(*) > 1
