/** The files of a new project, by path. */
export function starterFiles(name: string): Readonly<Record<string, string>> {
  return {
    'dbt_project.yml': projectFile(name),
    'seeds/raw_orders.csv': rawOrders,
    'models/staging/stg_orders.sql': staging,
    'models/staging/stg_orders.yml': stagingProperties,
    'models/marts/fct_customer_orders.sql': mart,
    'models/marts/fct_customer_orders.yml': martProperties,
    '.gitignore': `target/\ndbt_packages/\n${name}.duckdb*\n`,
  };
}

function projectFile(name: string): string {
  return `name: ${name}
version: "1.0"

# Without a profiles.yml the tables go to ${name}.duckdb beside this file. To use another warehouse, add a profile of
# this name to ~/.dbt/profiles.yml; strata debug shows what is used.
profile: ${name}

models:
  ${name}:
    staging:
      +materialized: view
    marts:
      +materialized: table
`;
}

const rawOrders = `order_id,customer_id,ordered_at,amount
1,101,2025-01-04 09:12:00,40.00
2,102,2025-01-05 17:40:00,12.50
3,101,2025-01-19 11:03:00,25.00
4,103,2025-02-01 08:30:00,99.90
`;

const staging = `with orders as (

    select * from {{ ref('raw_orders') }}

)

select
    order_id,
    customer_id,
    amount,
    ordered_at
from orders
`;

const stagingProperties = `models:
  - name: stg_orders
    description: One row per order.
    columns:
      - name: order_id
        description: The order.
        data_tests: [unique, not_null]
      - name: customer_id
        description: Who ordered.
        data_tests: [not_null]
      - name: amount
        description: What was paid.
      - name: ordered_at
        description: When, in UTC.
`;

const mart = `with orders as (

    select * from {{ ref('stg_orders') }}

)

select
    customer_id,
    count(*) as orders,
    sum(amount) as amount,
    min(ordered_at) as first_ordered_at,
    max(ordered_at) as last_ordered_at
from orders
group by 1
`;

const martProperties = `models:
  - name: fct_customer_orders
    description: One row per customer with an order.
    columns:
      - name: customer_id
        description: The customer.
        data_tests: [unique, not_null]
      - name: orders
        description: Number of orders.
      - name: amount
        description: What they paid in all.
      - name: first_ordered_at
        description: The first order, in UTC.
      - name: last_ordered_at
        description: The latest order, in UTC.
`;
