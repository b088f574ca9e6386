{{ config(enabled=source_enabled('crm', 'accounts') and var('segments') | length > 0) }}

{% set definitions = segment_definitions() -%}
{% set primaries = definitions | selectattr('layer', 'equalto', 'primary') | list -%}
{% set overlays = definitions | selectattr('layer', 'equalto', 'overlay') | list -%}

with

accounts as (

    select * from {{ ref('dim_account_360') }}

),

segments as (

    {% for segment in definitions -%}
    select
        cast({{ quote_text(segment.name) }} as {{ dbt.type_string() }}) as segment_name,
        cast('{{ segment.layer }}' as {{ dbt.type_string() }}) as segment_layer,
        cast({{ quote_text(segment.objective) }} as {{ dbt.type_string() }}) as objective,
        cast({{ quote_text(segment.strategy) }} as {{ dbt.type_string() }}) as strategy,
        cast({{ quote_text(segment.owner) }} as {{ dbt.type_string() }}) as owner,
        cast({{ 'null' if segment.priority is none else segment.priority }} as integer)
            as priority
    {% if not loop.last %}union all
    {% endif -%}
    {% endfor %}
),

flagged as (

    select
        account_id,
        {% if primaries -%}
        -- The first condition that holds: primary segments exclude each other.
        case
            {%- for segment in primaries %}
            when {{ segment.where }} then {{ quote_text(segment.name) }}
            {%- endfor %}
        end as primary_segment,
        {% else -%}
        cast(null as {{ dbt.type_string() }}) as primary_segment,
        {% endif -%}
        {%- for segment in overlays -%}
        coalesce({{ segment.where }}, false) as is_in_overlay_{{ loop.index }},
        {% endfor -%}
        as_of_date
    from accounts

),

members as (

    select
        flagged.account_id,
        segments.segment_name,
        segments.segment_layer,
        segments.objective,
        segments.strategy,
        segments.owner,
        segments.priority,
        flagged.as_of_date as valid_from,
        cast(null as date) as valid_to,
        flagged.as_of_date
    from flagged
    inner join segments
        {% if overlays -%}
        on case segments.segment_name
            {%- for segment in overlays %}
            when {{ quote_text(segment.name) }} then flagged.is_in_overlay_{{ loop.index }}
            {%- endfor %}
            else segments.segment_name = flagged.primary_segment
        end
        {%- else -%}
        on segments.segment_name = flagged.primary_segment
        {%- endif %}

)

select * from members
