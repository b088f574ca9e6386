-- a schema
create schema if not exists `p`.`d`

-- a schema dropped
drop schema if exists `p`.`d` cascade

-- a table as a query
create table `p`.`d`.`orders`
as
select id, ordered_on, ordered_at, amount from `p`.`d`.`raw_orders` -- all

-- a table replaced
create or replace table `p`.`d`.`orders`
as
select id, ordered_on, ordered_at, amount from `p`.`d`.`raw_orders` -- all

-- every setting
create or replace table `p`.`d`.`orders`
partition by `ordered_on`
cluster by `id`, `amount`
options (labels = [('team', 'data-office'), ('contains_pii', 'no')], expiration_timestamp = timestamp_add(current_timestamp(), interval 48 hour), kms_key_name = 'projects/p/locations/eu/keyRings/r/cryptoKeys/k', require_partition_filter = true, partition_expiration_days = 30)
as
select id, ordered_on, ordered_at, amount from `p`.`d`.`raw_orders` -- all

-- partitions by month
create table `p`.`d`.`orders`
partition by timestamp_trunc(`ordered_at`, month)
as
select id, ordered_on, ordered_at, amount from `p`.`d`.`raw_orders` -- all

-- partitions by range
create table `p`.`d`.`orders`
partition by range_bucket(`id`, generate_array(0, 1000, 10))
as
select id, ordered_on, ordered_at, amount from `p`.`d`.`raw_orders` -- all

-- partitions by ingestion time
create table `p`.`d`.`orders` (
    `id` int64 not null primary key not enforced,
    `amount` numeric(18, 2)
)
partition by _partitiondate;
insert into `p`.`d`.`orders` (_partitiontime, `id`, `amount`)
select timestamp(`ordered_on`), `id`, `amount`
from (
select id, ordered_on, ordered_at, amount from `p`.`d`.`raw_orders` -- all
)

-- a contract
create table `p`.`d`.`orders` (
    `id` int64 not null primary key not enforced,
    `ordered_on` date,
    `amount` numeric(18, 2),
    foreign key (`id`) references `p`.`d`.`raw_orders` (`id`) not enforced
)
as
select `id`, `ordered_on`, `amount`
from (
select id, ordered_on, ordered_at, amount from `p`.`d`.`raw_orders` -- all
)

-- a list of columns
create table `p`.`d`.`orders` (
    `name` string,
    `score` float64,
    `at` timestamp
)

-- a table of new rows
create table `p`.`d`.`orders__strata_0123abcd`
options (expiration_timestamp = timestamp_add(current_timestamp(), interval 12 hour))
as
select id, ordered_on, ordered_at, amount from `p`.`d`.`raw_orders` -- all

-- a view
create or replace view `p`.`d`.`orders`
as
select id, ordered_on, ordered_at, amount from `p`.`d`.`raw_orders` -- all

-- a view with settings
create view `p`.`d`.`orders`
options (labels = [('team', 'data-office'), ('contains_pii', 'no')], expiration_timestamp = timestamp_add(current_timestamp(), interval 48 hour))
as
select id, ordered_on, ordered_at, amount from `p`.`d`.`raw_orders` -- all

-- a table dropped
drop table if exists `p`.`d`.`orders`

-- a view dropped
drop view if exists `p`.`d`.`orders`

-- a table renamed
alter table `p`.`d`.`orders` rename to `orders_of_old`

-- a column added
alter table `p`.`d`.`orders` add column `note` string

-- a column dropped
alter table `p`.`d`.`orders` drop column `amount`

-- a column widened
alter table `p`.`d`.`orders` alter column `id` set data type numeric

-- a table cloned
create or replace table `p`.`d`.`orders__strata_0123abcd` clone `p`.`d`.`orders`

-- a table published
create or replace table `p`.`d`.`orders` clone `p`.`d`.`orders__strata_0123abcd`
options (labels = [('team', 'data-office'), ('contains_pii', 'no')], expiration_timestamp = timestamp_add(current_timestamp(), interval 48 hour), kms_key_name = 'projects/p/locations/eu/keyRings/r/cryptoKeys/k', require_partition_filter = true, partition_expiration_days = 30)

-- rows inserted
insert into `p`.`d`.`orders` (`id`, `ordered_on`, `amount`)
select `id`, `ordered_on`, `amount`
from (
select id, ordered_on, ordered_at, amount from `p`.`d`.`raw_orders` -- all
)

-- all rows deleted
truncate table `p`.`d`.`orders`

-- rows without a match deleted
delete from `p`.`d`.`orders` as DBT_INTERNAL_DEST
where not exists (
    select 1 from `p`.`d`.`orders__strata_0123abcd` as DBT_INTERNAL_SOURCE
    where (DBT_INTERNAL_SOURCE.`id` = DBT_INTERNAL_DEST.`id`)
)

-- rows with a match deleted
delete from `p`.`d`.`orders` as DBT_INTERNAL_DEST
where exists (
    select 1 from `p`.`d`.`orders__strata_0123abcd` as DBT_INTERNAL_SOURCE
    where (DBT_INTERNAL_SOURCE.`id` = DBT_INTERNAL_DEST.`id`)
)
and (amount > 0)

-- rows merged
merge into `p`.`d`.`orders` as DBT_INTERNAL_DEST
using `p`.`d`.`orders__strata_0123abcd` as DBT_INTERNAL_SOURCE
on (DBT_INTERNAL_SOURCE.`id` = DBT_INTERNAL_DEST.`id`)
when matched then update set `ordered_on` = DBT_INTERNAL_SOURCE.`ordered_on`, `amount` = DBT_INTERNAL_SOURCE.`amount`
when not matched then insert (`id`, `ordered_on`, `amount`)
values (DBT_INTERNAL_SOURCE.`id`, DBT_INTERNAL_SOURCE.`ordered_on`, DBT_INTERNAL_SOURCE.`amount`)

-- rows merged by two keys and a predicate
merge into `p`.`d`.`orders` as DBT_INTERNAL_DEST
using `p`.`d`.`orders__strata_0123abcd` as DBT_INTERNAL_SOURCE
on (DBT_INTERNAL_SOURCE.`id` = DBT_INTERNAL_DEST.`id`) and (DBT_INTERNAL_SOURCE.`ordered_on` = DBT_INTERNAL_DEST.`ordered_on`) and (DBT_INTERNAL_DEST.ordered_on > date '2024-01-01')
when not matched then insert (`id`, `ordered_on`, `amount`)
values (DBT_INTERNAL_SOURCE.`id`, DBT_INTERNAL_SOURCE.`ordered_on`, DBT_INTERNAL_SOURCE.`amount`)

-- named partitions replaced
merge into `p`.`d`.`orders` as DBT_INTERNAL_DEST
using `p`.`d`.`orders__strata_0123abcd` as DBT_INTERNAL_SOURCE
on false
when not matched by source and DBT_INTERNAL_DEST.`ordered_on` in (date '2024-01-01', current_date()) then delete
when not matched then insert (`id`, `ordered_on`, `amount`)
values (DBT_INTERNAL_SOURCE.`id`, DBT_INTERNAL_SOURCE.`ordered_on`, DBT_INTERNAL_SOURCE.`amount`)

-- the partitions of the rows replaced
declare strata_partitions array<timestamp>;
set strata_partitions = array(
    select distinct timestamp_trunc(`ordered_at`, month)
    from `p`.`d`.`orders__strata_0123abcd`
    where timestamp_trunc(`ordered_at`, month) is not null
);
merge into `p`.`d`.`orders` as DBT_INTERNAL_DEST
using `p`.`d`.`orders__strata_0123abcd` as DBT_INTERNAL_SOURCE
on false
when not matched by source and timestamp_trunc(DBT_INTERNAL_DEST.`ordered_at`, month) in unnest(strata_partitions) then delete
when not matched then insert (`id`, `ordered_at`)
values (DBT_INTERNAL_SOURCE.`id`, DBT_INTERNAL_SOURCE.`ordered_at`)

-- partitions by ingestion time replaced
declare strata_partitions array<date>;
set strata_partitions = array(
    select distinct date(`ordered_on`)
    from `p`.`d`.`orders__strata_0123abcd`
    where date(`ordered_on`) is not null
);
merge into `p`.`d`.`orders` as DBT_INTERNAL_DEST
using `p`.`d`.`orders__strata_0123abcd` as DBT_INTERNAL_SOURCE
on false
when not matched by source and DBT_INTERNAL_DEST._partitiondate in unnest(strata_partitions) then delete
when not matched then insert (_partitiontime, `id`, `amount`)
values (timestamp(DBT_INTERNAL_SOURCE.`ordered_on`), DBT_INTERNAL_SOURCE.`id`, DBT_INTERNAL_SOURCE.`amount`)

-- a comment
alter table `p`.`d`.`orders` set options (description = 'It\'s the orders\\\nof all')

-- a comment on a view
alter view `p`.`d`.`orders` set options (description = 'orders')

-- comments on columns
alter table `p`.`d`.`orders` alter column `id` set options (description = 'The key'), alter column `ordered_on` set options (description = 'It\'s the day\\\nof it')

-- comments on columns of a view
alter view `p`.`d`.`orders` alter column `id` set options (description = 'The key'), alter column `ordered_on` set options (description = 'It\'s the day\\\nof it')

-- relations of two datasets
select table_catalog as database, table_schema as schema, table_name as identifier, case table_type
    when 'VIEW' then 'view' when 'MATERIALIZED VIEW' then 'materialized_view'
    when 'EXTERNAL' then 'external' else 'table' end as type
from `p`.`d`.INFORMATION_SCHEMA.TABLES
union all
select table_catalog as database, table_schema as schema, table_name as identifier, case table_type
    when 'VIEW' then 'view' when 'MATERIALIZED VIEW' then 'materialized_view'
    when 'EXTERNAL' then 'external' else 'table' end as type
from `p`.`e`.INFORMATION_SCHEMA.TABLES
order by 1, 2, 3

-- relations of none
select '' as database, '' as schema, '' as identifier, '' as type limit 0

-- columns of relations
select schema, identifier, name, type
from (
select table_schema as schema, table_name as identifier, column_name as name, data_type as type,
    ordinal_position as place
from `p`.`d`.INFORMATION_SCHEMA.COLUMNS
where ordinal_position is not null and table_name in ('orders', 'orders__strata_0123abcd')
union all
select table_schema as schema, table_name as identifier, column_name as name, data_type as type,
    ordinal_position as place
from `p`.`e`.INFORMATION_SCHEMA.COLUMNS
where ordinal_position is not null and table_name in ('orders')
)
order by schema, identifier, place
