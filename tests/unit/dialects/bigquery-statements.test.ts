import { expect, test } from 'vitest';
import { bigQueryDialect as dialect } from '../../../orchestrator/dialects/bigquery.ts';
import type { Node } from '../../../orchestrator/manifest/node.ts';
import { modelNode } from '../../support/render.ts';

const orders = { database: 'p', schema: 'd', identifier: 'orders' };
const stage = { ...orders, identifier: 'orders__strata_0123abcd' };
const texts = [
  { column: 'id', text: 'The key' },
  { column: 'ordered_on', text: "It's the day\\\nof it" },
];
const query = 'select id, ordered_on, ordered_at, amount from `p`.`d`.`raw_orders` -- all';
const columns = ['id', 'ordered_on', 'amount'];
const contract = [
  { name: 'id', type: 'bigint', constraints: ['not null', 'primary key'] },
  { name: 'ordered_on', type: 'date', constraints: [] },
  { name: 'amount', type: 'numeric(18, 2)', constraints: [] },
];
const move = { target: orders, source: stage, columns, predicates: [] };
const merge = { ...move, uniqueKey: ['id'], updateColumns: ['ordered_on', 'amount'] };
const byDay = { field: 'ordered_on' };
const byMonth = { field: 'ordered_at', data_type: 'timestamp', granularity: 'month' };
const byRange = { field: 'id', data_type: 'int64', range: { start: 0, end: 1000, interval: 10 } };
const byArrival = { field: 'ordered_on', time_ingestion_partitioning: true };

function withSettings(config: Readonly<Record<string, unknown>>, enforced = false): Node {
  return { ...modelNode('orders', query, config), contract: { enforced } };
}

const full = withSettings({
  partition_by: byDay,
  cluster_by: ['id', 'amount'],
  labels: { team: 'data-office', contains_pii: 'no' },
  hours_to_expiration: 48,
  partition_expiration_days: 30,
  require_partition_filter: true,
  kms_key_name: 'projects/p/locations/eu/keyRings/r/cryptoKeys/k',
});

const statements: Readonly<Record<string, string>> = {
  'a schema': dialect.createSchema(orders),
  'a schema dropped': dialect.dropSchema(orders),
  'a table as a query': dialect.createTableAs(orders, query),
  'a table replaced': dialect.createTableAs(orders, query, { orReplace: true, node: withSettings({}) }),
  'every setting': dialect.createTableAs(orders, query, { orReplace: true, node: full }),
  'partitions by month': dialect.createTableAs(orders, query, { node: withSettings({ partition_by: byMonth }) }),
  'partitions by range': dialect.createTableAs(orders, query, { node: withSettings({ partition_by: byRange }) }),
  'partitions by ingestion time': dialect.createTableAs(orders, query, {
    node: withSettings({ partition_by: byArrival }, true),
    columns: contract,
  }),
  'a contract': dialect.createTableAs(orders, query, {
    columns: contract,
    constraints: ['foreign key (`id`) references `p`.`d`.`raw_orders` (`id`)'],
  }),
  'a list of columns': dialect.createTable(orders, [
    { name: 'name', type: 'character varying(20)' },
    { name: 'score', type: 'double precision' },
    { name: 'at', type: 'timestamp' },
  ]),
  'a table of new rows': dialect.createTableAs(stage, query, { temporary: true, node: full }),
  'a view': dialect.createView(orders, query, { orReplace: true }),
  'a view with settings': dialect.createView(orders, query, { node: full }),
  'a table dropped': dialect.drop(orders, 'table'),
  'a view dropped': dialect.drop(orders, 'view'),
  'a table renamed': dialect.rename(orders, 'table', 'orders_of_old'),
  'a column added': dialect.addColumn(orders, { name: 'note', type: 'varchar' }),
  'a column dropped': dialect.dropColumn(orders, 'amount'),
  'a column widened': dialect.alterColumnType(orders, { name: 'id', type: 'numeric' }),
  'a table cloned': dialect.cloneTable(orders, stage, withSettings({})),
  'a table published': dialect.publishTable({ built: stage, target: orders, replaces: true, node: full }),
  'rows inserted': dialect.insertSelect(orders, columns, query),
  'all rows deleted': dialect.deleteAll(orders),
  'rows without a match deleted': dialect.deleteMissing(merge),
  'rows with a match deleted': dialect.deleteMatching({ ...merge, predicates: ['amount > 0'] }),
  'rows merged': dialect.merge(merge),
  'rows merged by two keys and a predicate': dialect.merge({
    ...merge,
    uniqueKey: ['id', 'ordered_on'],
    predicates: ["DBT_INTERNAL_DEST.ordered_on > date '2024-01-01'"],
    updateColumns: [],
  }),
  'named partitions replaced': dialect.insertOverwrite({
    ...move,
    node: withSettings({ partition_by: byDay, partitions: ["date '2024-01-01'", 'current_date()'] }),
  }),
  'the partitions of the rows replaced': dialect.insertOverwrite({
    ...move,
    node: withSettings({ partition_by: byMonth }),
    columns: ['id', 'ordered_at'],
  }),
  'partitions by ingestion time replaced': dialect.insertOverwrite({
    ...move,
    node: withSettings({ partition_by: byArrival }, true),
    columns: ['id', 'amount'],
  }),
  'a comment': dialect.comment(orders, 'table', "It's the orders\\\nof all"),
  'a comment on a view': dialect.comment(orders, 'view', 'orders'),
  'comments on columns': dialect.commentColumns(orders, texts, 'table').join(';\n'),
  'comments on columns of a view': dialect.commentColumns(orders, texts, 'view').join(';\n'),
  'relations of two datasets': dialect.listRelations([orders, { database: 'p', schema: 'e' }, orders]),
  'relations of none': dialect.listRelations([]),
  'columns of relations': dialect.listColumns([orders, stage, { ...orders, schema: 'e' }]),
};

test('descriptions too long for one statement are several, in order', () => {
  const long = ['id', 'ordered_on', 'amount'].map((column) => ({ column, text: column.repeat(60_000) }));
  const split = dialect.commentColumns(orders, long, 'table');
  expect(split.map((sql) => sql.replace(/(id|ordered_on|amount)\1+/g, '…'))).toEqual([
    "alter table `p`.`d`.`orders` alter column `id` set options (description = '…')",
    "alter table `p`.`d`.`orders` alter column `ordered_on` set options (description = '…')",
    "alter table `p`.`d`.`orders` alter column `amount` set options (description = '…')",
  ]);
});

test('each statement has its GoogleSQL text', async () => {
  const text = Object.entries(statements).map(([name, sql]) => `-- ${name}\n${sql.trim()}\n`);
  await expect(text.join('\n')).toMatchFileSnapshot('bigquery-statements.golden.sql');
});
