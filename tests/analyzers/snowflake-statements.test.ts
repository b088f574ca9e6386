import { describe, expect, test } from 'vitest';
import { snowflakeDialect as dialect } from '../../orchestrator/dialects/snowflake.ts';
import { modelNode } from '../support/render.ts';
import { listProblems, readerMissing, readSnowflake } from './snowflake-reader.ts';

const orders = { database: 'db', schema: 's', identifier: 'orders' };
const aside = { ...orders, identifier: 'orders__strata_0123abcd' };
const node = modelNode('orders', '', { cluster_by: ['ordered_at'], copy_grants: true, secure: true });
const keys = { target: orders, source: aside, uniqueKey: ['ID'] };
const texts = [
  { column: 'ID', text: "it's" },
  { column: 'NOTE', text: 'A \\ note.' },
];
const columns = [{ name: 'ID', type: 'integer', constraints: ['not null', 'primary key'] }];

/** One statement of each kind the dialect writes. */
const statements: Readonly<Record<string, string>> = {
  createSchema: dialect.createSchema(orders),
  dropSchema: dialect.dropSchema(orders),
  createTableAs: dialect.createTableAs(orders, 'select 1 as id, 2 as ordered_at', { node, orReplace: true }),
  'createTableAs with a contract': dialect.createTableAs(orders, 'select 1 as id, 2 as ordered_at', { node, columns }),
  'createTableAs temporary': dialect.createTableAs(orders, 'select 1 as id', { node, temporary: true }),
  createTable: dialect.createTable(orders, columns, { node }),
  createView: dialect.createView(orders, 'select 1 as id', { node, orReplace: true }),
  drop: dialect.drop(orders, 'table'),
  rename: dialect.rename(orders, 'view', 'other'),
  addColumn: dialect.addColumn(orders, { name: 'NOTE', type: 'varchar' }),
  dropColumn: dialect.dropColumn(orders, 'NOTE'),
  alterColumnType: dialect.alterColumnType(orders, { name: 'NOTE', type: 'varchar(20)' }),
  cloneTable: withoutRights(dialect.cloneTable(orders, aside, node)),
  'publishTable of a first table': dialect.publishTable({ built: aside, target: orders, replaces: false, node }),
  'publishTable with rights': withoutRights(
    dialect.publishTable({ built: aside, target: orders, replaces: true, node }),
  ),
  publishTable: dialect.publishTable({
    ...{ built: aside, target: orders, replaces: true },
    node: modelNode('orders', ''),
  }),
  insertSelect: dialect.insertSelect(orders, ['ID'], 'select 1 as id'),
  deleteAll: dialect.deleteAll(orders),
  deleteMissing: dialect.deleteMissing(keys),
  deleteMatching: dialect.deleteMatching({ ...keys, predicates: ['id > 7'] }),
  merge: dialect.merge({ ...keys, predicates: [], columns: ['ID', 'NOTE'], updateColumns: ['NOTE'] }),
  insertOverwrite: dialect.insertOverwrite({ ...keys, node, columns: ['ID'], predicates: [] }),
  comment: dialect.comment(orders, 'table', "it's"),
  // The reader knows descriptions one by one; Snowflake documents a list of them.
  commentColumns: dialect.commentColumns(orders, texts.slice(0, 1), 'table').join(),
  'createView with descriptions': dialect.createView(orders, 'select 1 as id, 2 as note', { node, described: texts }),
};

/** The reader knows `copy grants` of a new table and not of a clone, where Snowflake documents it too. */
function withoutRights(sql: string): string {
  return sql.replace(/ copy grants$/, '');
}

/** What a session asks of the catalog, whose views the reader does not know. */
const questions: Readonly<Record<string, string>> = {
  listRelations: dialect.listRelations([orders]),
  listColumns: dialect.listColumns([orders, aside]),
};

describe.skipIf(readerMissing !== undefined)("the dialect's statements as an independent reader sees them", () => {
  test('each one parses', async () => {
    const list = Object.entries(statements).map(([name, sql]) => ({ name, sql }));
    expect(listProblems(await readSnowflake(list))).toEqual([]);
  });

  test('the questions to the catalog find every name in it', async () => {
    const found = ['table_catalog', 'table_schema', 'table_name'];
    const facts = ['ordinal_position', 'data_type', 'character_maximum_length', 'numeric_precision', 'numeric_scale'];
    const catalog = [view('tables', [...found, 'table_type']), view('columns', [...found, 'column_name', ...facts])];
    const list = Object.entries(questions).map(([name, sql]) => ({ name, sql }));
    expect(listProblems(await readSnowflake([...catalog, ...list]))).toEqual([]);
  });
});

function view(identifier: string, columns: readonly string[]) {
  return { name: identifier, sql: '', relation: { database: 'db', schema: 'information_schema', identifier }, columns };
}
