{{ config(enabled=cohort_return_events() | length > 0) }}

-- A period that has not elapsed for anybody has no figure, and one that has is never without.
select *
from {{ ref('fct_cohort_retention') }}
where
    (eligible = 0 and (active is not null or retention is not null))
    or (eligible > 0 and (active is null or retention is null))
    or eligible > cohort_size
    or active > eligible
