import { describe, expect, test } from 'vitest';
import { snowflakeDialect as dialect } from '../../../orchestrator/dialects/snowflake.ts';
import { modelNode } from '../../support/render.ts';

const orders = { database: 'shop', schema: 'main', identifier: 'orders' };
const aside = { ...orders, identifier: 'orders__strata_0123abcd' };
const node = modelNode('orders', 'select 1 as id');

function withSettings(config: Readonly<Record<string, unknown>>) {
  return modelNode('orders', 'select 1 as id', config);
}

describe('names and literals', () => {
  test('a relation is written in upper case, as templates without quotes mean it', () => {
    expect(dialect.renderRelation(orders)).toBe('"SHOP"."MAIN"."ORDERS"');
    expect(dialect.renderRelation({ ...orders, identifier: 'MyOrders' })).toBe('"SHOP"."MAIN"."MYORDERS"');
    expect(dialect.renderRelation({ database: null, schema: '', identifier: 'order' })).toBe('"ORDER"');
    expect(dialect.renderRelation({ ...orders, schema: 'my-schema' })).toBe('"SHOP"."my-schema"."ORDERS"');
  });

  test("a column in lower case is the upper-case one; other spellings are the catalog's own", () => {
    const names = ['id', 'ID', 'Id', 'order', 'net amount', 'größe', '1st'];
    expect(names.map(dialect.quote)).toEqual(['"ID"', '"ID"', '"Id"', '"ORDER"', '"net amount"', '"größe"', '"1st"']);
    expect(names.map(dialect.columnName)).toEqual(['ID', 'ID', 'Id', 'ORDER', 'net amount', 'größe', '1st']);
  });

  test('what a template quotes keeps its case', () => {
    expect(dialect.quoteExactly('id')).toBe('"id"');
    const written = ['"id"', '"a ""b"""', 'id', '"a" || "b"', '""'];
    expect(written.map(dialect.unquote)).toEqual(['id', 'a "b"', null, null, null]);
    expect(dialect.quotesNames).toBe(false);
  });

  test('a temporary table lives beside the relation it is made for', () => {
    expect(dialect.temporaryRelation('orders__new', orders)).toEqual({ ...orders, identifier: 'orders__new' });
  });

  test('literals keep their type: fractions are doubles, and backslashes are no escapes', () => {
    const values = [null, true, 7, -0.5, 1e300, 9007199254740993n, "it's a \\", Number.NaN, Number.NEGATIVE_INFINITY];
    expect(values.map(dialect.renderLiteral)).toEqual([
      'null',
      'true',
      '7',
      "cast('-0.5' as float)",
      "cast('1e+300' as float)",
      '9007199254740993',
      "'it''s a \\\\'",
      "cast('NaN' as float)",
      "cast('-inf' as float)",
    ]);
  });
});

describe('creating', () => {
  test('a schema', () => {
    expect(dialect.createSchema(orders)).toBe('create schema if not exists "SHOP"."MAIN"');
    expect(dialect.dropSchema({ database: null, schema: 'main' })).toBe('drop schema if exists "MAIN" cascade');
  });

  test('a table of a node is transient unless it says otherwise', () => {
    expect(dialect.createTableAs(orders, 'select 1 as id -- one', { node })).toBe(
      'create transient table "SHOP"."MAIN"."ORDERS" as\nselect 1 as id -- one\n',
    );
    expect(dialect.createTableAs(orders, 'select 1 as id', { node: withSettings({ transient: false }) })).toBe(
      'create table "SHOP"."MAIN"."ORDERS" as\nselect 1 as id\n',
    );
    expect(dialect.createTable(orders, [{ name: 'ID', type: 'integer' }], { ifNotExists: true })).toBe(
      'create table if not exists "SHOP"."MAIN"."ORDERS" (\n    "ID" integer\n)',
    );
  });

  test('a temporary table has neither clusters nor rights', () => {
    const settings = withSettings({ cluster_by: 'ordered_at', copy_grants: true });
    expect(dialect.createTableAs(aside, 'select 1 as id', { node: settings, temporary: true, orReplace: true })).toBe(
      'create or replace temporary table "SHOP"."MAIN"."ORDERS__STRATA_0123ABCD" as\nselect 1 as id\n',
    );
  });

  test('a clustered table gets its rows in order, and a replaced one its rights', () => {
    const settings = withSettings({ cluster_by: ['to_date(ordered_at)', 'country'], copy_grants: true });
    expect(dialect.createTableAs(orders, 'select * from raw', { node: settings, orReplace: true })).toBe(
      [
        'create or replace transient table "SHOP"."MAIN"."ORDERS" cluster by (to_date(ordered_at), country) copy grants as',
        'select *',
        'from (',
        'select * from raw',
        ') as model_subq',
        'order by to_date(ordered_at), country',
        '',
      ].join('\n'),
    );
  });

  test('a table with a contract is one statement', () => {
    const columns = [
      { name: 'ID', type: 'integer', constraints: ['not null', 'primary key'] },
      { name: 'AMOUNT', type: 'number(18,2)', constraints: [] },
    ];
    const constraints = ['unique ("ID", "AMOUNT")'];
    expect(dialect.createTableAs(orders, 'select 1 as amount, 2 as id', { node, columns, constraints })).toBe(
      [
        'create transient table "SHOP"."MAIN"."ORDERS" (',
        '    "ID" integer not null primary key,',
        '    "AMOUNT" number(18,2),',
        '    unique ("ID", "AMOUNT")',
        ') as',
        'select "ID", "AMOUNT"',
        'from (',
        'select 1 as amount, 2 as id',
        ') as model_subq',
        '',
      ].join('\n'),
    );
  });

  test('a view may be secure and keep its rights', () => {
    const settings = withSettings({ secure: true, copy_grants: true });
    expect(dialect.createView(orders, 'select 1 as id', { node: settings, orReplace: true })).toBe(
      'create or replace secure view "SHOP"."MAIN"."ORDERS" copy grants as\nselect 1 as id\n',
    );
    expect(dialect.createView(orders, 'select 1 as id')).toBe(
      'create view "SHOP"."MAIN"."ORDERS" as\nselect 1 as id\n',
    );
  });
});

describe('publishing', () => {
  const spec = { built: aside, target: orders, node };

  test('a first table is renamed, and stays in its schema', () => {
    expect(dialect.publishTable({ ...spec, replaces: false })).toBe(
      'alter table "SHOP"."MAIN"."ORDERS__STRATA_0123ABCD" rename to "SHOP"."MAIN"."ORDERS"',
    );
  });

  test('a table in use is swapped', () => {
    expect(dialect.publishTable({ ...spec, replaces: true })).toBe(
      'alter table "SHOP"."MAIN"."ORDERS" swap with "SHOP"."MAIN"."ORDERS__STRATA_0123ABCD"',
    );
  });

  test('a table whose rights are to stay is replaced by a clone', () => {
    expect(dialect.publishTable({ ...spec, replaces: true, node: withSettings({ copy_grants: true }) })).toBe(
      [
        'create or replace transient table "SHOP"."MAIN"."ORDERS"',
        'clone "SHOP"."MAIN"."ORDERS__STRATA_0123ABCD" copy grants',
      ].join('\n'),
    );
  });

  test('a table is cloned with its rights, as permanent as it is', () => {
    expect(dialect.cloneTable(orders, aside, withSettings({ transient: false }))).toBe(
      'create or replace table "SHOP"."MAIN"."ORDERS__STRATA_0123ABCD"\nclone "SHOP"."MAIN"."ORDERS" copy grants',
    );
  });
});

describe('altering', () => {
  test('each statement names the relation in full', () => {
    expect([
      dialect.drop(orders, 'view'),
      dialect.drop(orders, 'external'),
      dialect.rename(orders, 'table', 'old_orders'),
      dialect.addColumn(orders, { name: 'NOTE', type: 'varchar' }),
      dialect.dropColumn(orders, 'Note'),
      dialect.alterColumnType(orders, { name: 'NOTE', type: 'varchar(20)' }),
      dialect.comment(orders, 'view', "One row per order, a \\ and a '"),
    ]).toEqual([
      'drop view if exists "SHOP"."MAIN"."ORDERS"',
      'drop external table if exists "SHOP"."MAIN"."ORDERS"',
      'alter table "SHOP"."MAIN"."ORDERS" rename to "SHOP"."MAIN"."OLD_ORDERS"',
      'alter table "SHOP"."MAIN"."ORDERS" add column "NOTE" varchar',
      'alter table "SHOP"."MAIN"."ORDERS" drop column "Note"',
      'alter table "SHOP"."MAIN"."ORDERS" alter column "NOTE" set data type varchar(20)',
      `comment on view "SHOP"."MAIN"."ORDERS" is 'One row per order, a \\\\ and a '''`,
    ]);
  });
});

describe('descriptions of columns', () => {
  const texts = [
    { column: 'ID', text: 'The key' },
    { column: 'Day', text: "a \\ and a '" },
  ];

  test('those of a table are one statement', () => {
    expect(dialect.commentColumns(orders, texts, 'table')).toEqual([
      `alter table "SHOP"."MAIN"."ORDERS" modify column "ID" comment 'The key', column "Day" comment 'a \\\\ and a '''`,
    ]);
    expect(dialect.commentColumns(orders, [], 'table')).toEqual([]);
  });

  test('those of a view come with it, since Snowflake takes them no later', () => {
    const described = [...texts, { column: 'AMOUNT', text: '' }];
    expect(dialect.createView(orders, 'select * from raw', { node, orReplace: true, described })).toBe(
      [
        'create or replace view "SHOP"."MAIN"."ORDERS" (',
        `    "ID" comment 'The key',`,
        `    "Day" comment 'a \\\\ and a ''',`,
        '    "AMOUNT"',
        ') as',
        'select * from raw',
        '',
      ].join('\n'),
    );
  });
});
