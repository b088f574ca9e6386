{{ config(enabled=source_enabled('commerce', 'orders')) }}

-- All 125 cells of the grid have one segment (no hole, no overlap), and no customer falls out.
with

cells as (

    select
        count(*) as cell_count,
        count(distinct r_score * 100 + f_score * 10 + m_score) as distinct_count
    from {{ ref('rfm_grid_11_segments') }}
    where
        r_score between 1 and 5
        and f_score between 1 and 5
        and m_score between 1 and 5
        and segment is not null

),

unmapped as (

    select count(*) as unmapped_count
    from {{ ref('fct_rfm_scores') }}
    where rfm_segment is null

)

select *
from cells
cross join unmapped
where
    cells.cell_count <> 125
    or cells.distinct_count <> 125
    or unmapped.unmapped_count > 0
