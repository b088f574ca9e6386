{{ config(enabled=source_enabled('crm', 'accounts') and source_enabled('commerce', 'orders')) }}

-- Every account has a segment; those without an order are prospects and have no score.
select
    accounts.account_id,
    scores.rfm_segment
from {{ ref('dim_accounts') }} as accounts
left join {{ ref('fct_rfm_scores') }} as scores on accounts.account_id = scores.account_id
where
    scores.account_id is null
    or (scores.rfm_segment = 'Prospects') <> (scores.r_score is null)
