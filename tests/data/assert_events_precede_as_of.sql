{{ config(enabled=source_enabled('product', 'events')) }}

-- No model sees an event dated on or after as_of, or one that landed later.
select
    event_id,
    event_date,
    known_from
from {{ ref('stg_product__events') }}
where
    event_date >= {{ as_of() }}
    or known_from > {{ as_of() }}
