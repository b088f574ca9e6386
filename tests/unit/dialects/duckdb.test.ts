import { describe, expect, test } from 'vitest';
import { duckDbDialect as dialect } from '../../../orchestrator/dialects/duckdb.ts';

const orders = { database: 'shop', schema: 'main', identifier: 'orders' };
const staged = { database: 'temp', schema: 'main', identifier: 'orders__new' };

describe('names and literals', () => {
  test('a relation is quoted part by part', () => {
    expect(dialect.renderRelation(orders)).toBe('"shop"."main"."orders"');
    expect(dialect.renderRelation({ database: null, schema: '', identifier: 'a "b"' })).toBe('"a ""b"""');
  });

  test('a temporary table lives in the temp database', () => {
    expect(dialect.renderRelation(dialect.temporaryRelation('orders__new', orders))).toBe(
      '"temp"."main"."orders__new"',
    );
  });

  test('literals keep their type', () => {
    const values = [null, true, 7, -0.5, 9007199254740993n, "it's", Number.NaN, Number.POSITIVE_INFINITY];
    expect(values.map(dialect.renderLiteral)).toEqual([
      'null',
      'true',
      '7',
      '-0.5',
      '9007199254740993',
      "'it''s'",
      "cast('NaN' as double)",
      "cast('Infinity' as double)",
    ]);
  });

  test('logical types have a name each', () => {
    const types = ['boolean', 'integer', 'bigint', 'float', 'numeric', 'string', 'date', 'timestamp', 'json'] as const;
    expect(types.map(dialect.typeName)).toEqual([
      'boolean',
      'integer',
      'bigint',
      'double',
      'decimal(28,6)',
      'varchar',
      'date',
      'timestamp',
      'json',
    ]);
  });
});

describe('creating', () => {
  test('a schema', () => {
    expect(dialect.createSchema(orders)).toBe('create schema if not exists "shop"."main"');
    expect(dialect.createSchema({ database: null, schema: 'main' })).toBe('create schema if not exists "main"');
  });

  test('a table from a query, its last line free for a comment', () => {
    expect(dialect.createTableAs(orders, 'select 1 as id -- one', { orReplace: true })).toBe(
      'create or replace table "shop"."main"."orders" as\nselect 1 as id -- one\n',
    );
  });

  test('a table with a contract is made first and filled by name', () => {
    const columns = [
      { name: 'id', type: 'bigint', constraints: ['not null', 'primary key'] },
      { name: 'amount', type: 'decimal(18,2)', constraints: [] },
    ];
    expect(dialect.createTableAs(orders, 'select 2.5 as amount, 1 as id', { columns, unlogged: true })).toBe(
      [
        'create table "shop"."main"."orders" (',
        '    "id" bigint not null primary key,',
        '    "amount" decimal(18,2)',
        ');',
        'insert into "shop"."main"."orders" ("id", "amount")',
        'select "id", "amount"',
        'from (',
        'select 2.5 as amount, 1 as id',
        ') as model_subq',
      ].join('\n'),
    );
  });

  test('a temporary table and one that may exist', () => {
    const columns = [{ name: 'id', type: 'bigint' }];
    expect(dialect.createTable(staged, columns, { temporary: true })).toBe(
      'create temporary table "temp"."main"."orders__new" (\n    "id" bigint\n)',
    );
    expect(dialect.createTable(orders, columns, { ifNotExists: true })).toBe(
      'create table if not exists "shop"."main"."orders" (\n    "id" bigint\n)',
    );
  });

  test('a view', () => {
    expect(dialect.createView(orders, 'select 1 as id', { orReplace: true })).toBe(
      'create or replace view "shop"."main"."orders" as\nselect 1 as id\n',
    );
  });

  test('an index, named after its table', () => {
    expect(dialect.createIndex(orders, { columns: ['id', 'at'], unique: true, method: 'btree' })).toBe(
      'create unique index "orders_id_at_idx" on "shop"."main"."orders" ("id", "at")',
    );
  });
});

describe('changing', () => {
  test('drops and renames by type, without cascade', () => {
    expect(dialect.drop(orders, 'table')).toBe('drop table if exists "shop"."main"."orders"');
    expect(dialect.drop(orders, 'view')).toBe('drop view if exists "shop"."main"."orders"');
    expect(dialect.rename(orders, 'table', 'old')).toBe('alter table "shop"."main"."orders" rename to "old"');
    expect(dialect.rename(orders, 'view', 'old')).toBe('alter view "shop"."main"."orders" rename to "old"');
  });

  test('columns', () => {
    const column = { name: 'note', type: 'varchar' };
    expect(dialect.addColumn(orders, column)).toBe('alter table "shop"."main"."orders" add column "note" varchar');
    expect(dialect.dropColumn(orders, 'note')).toBe('alter table "shop"."main"."orders" drop column "note"');
    expect(dialect.alterColumnType(orders, column)).toBe(
      'alter table "shop"."main"."orders" alter column "note" set data type varchar',
    );
  });

  test('comments', () => {
    expect(dialect.comment(orders, 'view', "one row per customer's order")).toBe(
      'comment on view "shop"."main"."orders" is \'one row per customer\'\'s order\'',
    );
    const texts = [
      { column: 'id', text: 'key' },
      { column: 'day', text: "It's the day" },
    ];
    expect(dialect.commentColumns(orders, texts, 'table')).toEqual([
      `comment on column "shop"."main"."orders"."id" is 'key'`,
      `comment on column "shop"."main"."orders"."day" is 'It''s the day'`,
    ]);
  });
});

describe('rows', () => {
  const match = { target: orders, source: staged, uniqueKey: ['id', 'day'], predicates: ['DBT_INTERNAL_DEST.day > 3'] };

  test('inserts by name', () => {
    expect(dialect.insertSelect(orders, ['id', 'day'], 'select 1 as day, 2 as id')).toBe(
      [
        'insert into "shop"."main"."orders" ("id", "day")',
        'select "id", "day"',
        'from (',
        'select 1 as day, 2 as id',
        ') as model_subq',
      ].join('\n'),
    );
  });

  test('deletes all, or those whose key is in another table', () => {
    expect(dialect.deleteAll(orders)).toBe('delete from "shop"."main"."orders"');
    expect(dialect.deleteMatching(match)).toBe(
      [
        'delete from "shop"."main"."orders" as DBT_INTERNAL_DEST',
        'where exists (select 1 from "temp"."main"."orders__new" as DBT_INTERNAL_SOURCE',
        '    where (DBT_INTERNAL_SOURCE."id" = DBT_INTERNAL_DEST."id") and ' +
          '(DBT_INTERNAL_SOURCE."day" = DBT_INTERNAL_DEST."day"))',
        'and (DBT_INTERNAL_DEST.day > 3)',
      ].join('\n'),
    );
  });

  test('merges', () => {
    const merge = { ...match, uniqueKey: ['id'], predicates: [], columns: ['id', 'day'], updateColumns: ['day'] };
    expect(dialect.merge(merge)).toBe(
      [
        'merge into "shop"."main"."orders" as DBT_INTERNAL_DEST',
        'using "temp"."main"."orders__new" as DBT_INTERNAL_SOURCE',
        'on (DBT_INTERNAL_SOURCE."id" = DBT_INTERNAL_DEST."id")',
        'when matched then update set "day" = DBT_INTERNAL_SOURCE."day"',
        'when not matched then insert ("id", "day")',
        'values (DBT_INTERNAL_SOURCE."id", DBT_INTERNAL_SOURCE."day")',
      ].join('\n'),
    );
  });

  test('merges without anything to update only insert', () => {
    const merge = { ...match, uniqueKey: ['id'], predicates: [], columns: ['id'], updateColumns: [] };
    expect(dialect.merge(merge)).not.toContain('when matched');
  });
});

describe('files', () => {
  test.each([
    ['data/*.csv', "read_csv_auto('data/*.csv')"],
    ['data/orders.csv.gz', "read_csv_auto('data/orders.csv.gz')"],
    ['data/orders.parquet', "read_parquet('data/orders.parquet')"],
    ["it's/events.ndjson", "read_json_auto('it''s/events.ndjson')"],
    ["read_csv('x.txt', delim = '|')", "read_csv('x.txt', delim = '|')"],
  ])('%s is a table expression', (location, expected) => {
    expect(dialect.readFile(location)).toBe(expected);
  });
});

describe('catalog', () => {
  test('relations of several schemas, the current database where none is named', () => {
    expect(dialect.listRelations([orders, { database: null, schema: 'Stage' }])).toBe(
      [
        "select database_name as database, schema_name as schema, table_name as identifier, 'table' as type",
        'from duckdb_tables() where not internal and (lower(database_name), lower(schema_name)) in ' +
          "(('shop', 'main'), (lower(current_database()), 'stage'))",
        'union all',
        "select database_name, schema_name, view_name, 'view'",
        'from duckdb_views() where not internal and (lower(database_name), lower(schema_name)) in ' +
          "(('shop', 'main'), (lower(current_database()), 'stage'))",
        'order by 1, 2, 3',
      ].join('\n'),
    );
  });

  test('columns of several relations in one query', () => {
    expect(dialect.listColumns([orders, staged])).toBe(
      [
        'select c.schema_name as schema, c.table_name as identifier, c.column_name as name, c.data_type as type',
        'from duckdb_columns() as c',
        "inner join (values ('shop', 'main', 'orders'), ('temp', 'main', 'orders__new')) " +
          'as w (database, schema, identifier)',
        '    on lower(c.database_name) = w.database and lower(c.schema_name) = w.schema',
        '    and lower(c.table_name) = w.identifier',
        'order by 1, 2, c.column_index',
      ].join('\n'),
    );
  });

  test('columns of a query', () => {
    expect(dialect.describeQuery('select 1 as id -- one')).toBe('describe\nselect 1 as id -- one\n');
  });

  test('no dependents, since views are not bound', () => {
    expect(dialect.listDependents(orders)).toBeNull();
  });
});
