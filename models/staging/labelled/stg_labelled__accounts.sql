{{ config(enabled=source_enabled('labelled'), materialized=staged_as('labelled_accounts')) }}

with

source_rows as (

    select * from {{ raw_relation('labelled', 'labelled_accounts') }}

),

renamed as (

    select
        cast({{ raw_column('labelled_accounts', 'account_id') }} as {{ dbt.type_string() }})
            as account_id,
        {% for feature, expression in var('labelled_categories', {}).items() -%}
        cast({{ expression }} as {{ dbt.type_string() }}) as {{ feature }},
        {% endfor -%}
        {% for feature, expression in var('labelled_numbers', {}).items() -%}
        cast({{ expression }} as {{ double_type() }}) as {{ feature }},
        {% endfor -%}
        cast({{ raw_column('labelled_accounts', 'is_churned') }} as boolean) as is_churned
    from source_rows

)

select * from renamed
