import { describe, expect, test } from 'vitest';
import { postgresDialect as dialect } from '../../../orchestrator/dialects/postgres.ts';

const orders = { database: 'shop', schema: 'public', identifier: 'orders' };
const staged = { database: null, schema: 'pg_temp', identifier: 'orders__new' };

describe('names and literals', () => {
  test('a relation is quoted part by part', () => {
    expect(dialect.renderRelation(orders)).toBe('"shop"."public"."orders"');
  });

  test('a temporary table lives in the temporary schema of its session', () => {
    expect(dialect.renderRelation(dialect.temporaryRelation('orders__new', orders))).toBe('"pg_temp"."orders__new"');
  });

  test('literals keep their type and backslashes mean themselves', () => {
    expect([null, false, 1.5, 'a\\b', Number.NaN].map(dialect.renderLiteral)).toEqual([
      'null',
      'false',
      '1.5',
      "'a\\b'",
      "cast('NaN' as double precision)",
    ]);
  });

  test('logical types have a name each', () => {
    const types = ['boolean', 'integer', 'bigint', 'float', 'numeric', 'string', 'date', 'timestamp', 'json'] as const;
    expect(types.map(dialect.typeName)).toEqual([
      'boolean',
      'integer',
      'bigint',
      'double precision',
      'numeric(28,6)',
      'text',
      'date',
      'timestamp',
      'jsonb',
    ]);
  });
});

describe('creating', () => {
  test('a schema', () => {
    expect(dialect.createSchema(orders)).toBe('create schema if not exists "public"');
  });

  test('a table from a query', () => {
    expect(dialect.createTableAs(orders, 'select 1 as id', { unlogged: true })).toBe(
      'create unlogged table "shop"."public"."orders" as\nselect 1 as id\n',
    );
  });

  test('a table in place of another drops that first, and fails rather than cascade', () => {
    expect(dialect.createTableAs(orders, 'select 1 as id', { orReplace: true })).toBe(
      'drop table if exists "shop"."public"."orders";\ncreate table "shop"."public"."orders" as\nselect 1 as id\n',
    );
  });

  test('a table with a contract is made first and filled by name', () => {
    const columns = [{ name: 'id', type: 'bigint', constraints: ['not null'] }];
    expect(dialect.createTableAs(orders, 'select 1 as id', { columns })).toBe(
      [
        'create table "shop"."public"."orders" (',
        '    "id" bigint not null',
        ');',
        'insert into "shop"."public"."orders" ("id")',
        'select "id"',
        'from (',
        'select 1 as id',
        ') as model_subq',
      ].join('\n'),
    );
  });

  test('a temporary table', () => {
    expect(dialect.createTable(staged, [{ name: 'id', type: 'bigint' }], { temporary: true })).toBe(
      'create temporary table "pg_temp"."orders__new" (\n    "id" bigint\n)',
    );
  });

  test('a view', () => {
    expect(dialect.createView(orders, 'select 1 as id', { orReplace: true })).toBe(
      'create or replace view "shop"."public"."orders" as\nselect 1 as id\n',
    );
  });

  test('an index, named by the server unless it has a name', () => {
    expect(dialect.createIndex(orders, { name: 'by_id', columns: ['id'], unique: false, method: null })).toBe(
      'create index "by_id" on "shop"."public"."orders" ("id")',
    );
    expect(dialect.dropIndex(orders, 'by_id')).toBe('drop index "shop"."public"."by_id"');
    expect(dialect.createIndex(orders, { columns: ['id', 'at'], unique: true, method: 'btree' })).toBe(
      'create unique index on "shop"."public"."orders" using btree ("id", "at")',
    );
    expect(dialect.createIndex(orders, { columns: ['id'], unique: false, method: null })).toBe(
      'create index on "shop"."public"."orders" ("id")',
    );
  });
});

describe('changing', () => {
  test('drops and renames by type, without cascade', () => {
    expect(dialect.drop(orders, 'table')).toBe('drop table if exists "shop"."public"."orders"');
    expect(dialect.drop(orders, 'materialized_view')).toBe('drop materialized view if exists "shop"."public"."orders"');
    expect(dialect.drop(orders, 'external')).toBe('drop foreign table if exists "shop"."public"."orders"');
    expect(dialect.rename(orders, 'view', 'old')).toBe('alter view "shop"."public"."orders" rename to "old"');
  });

  test('columns', () => {
    const column = { name: 'note', type: 'text' };
    expect(dialect.addColumn(orders, column)).toBe('alter table "shop"."public"."orders" add column "note" text');
    expect(dialect.dropColumn(orders, 'note')).toBe('alter table "shop"."public"."orders" drop column "note"');
    expect(dialect.alterColumnType(orders, column)).toBe(
      'alter table "shop"."public"."orders" alter column "note" type text using "note"::text',
    );
  });

  test('comments', () => {
    expect(dialect.comment(orders, 'table', 'orders')).toBe('comment on table "shop"."public"."orders" is \'orders\'');
    const texts = [
      { column: 'id', text: 'key' },
      { column: 'day', text: "It's the day" },
    ];
    expect(dialect.commentColumns(orders, texts, 'view')).toEqual([
      `comment on column "shop"."public"."orders"."id" is 'key'`,
      `comment on column "shop"."public"."orders"."day" is 'It''s the day'`,
    ]);
  });
});

describe('rows', () => {
  const match = { target: orders, source: staged, uniqueKey: ['id'], predicates: [] };

  test('inserts by name', () => {
    expect(dialect.insertSelect(orders, ['id'], 'select 2 as id')).toBe(
      'insert into "shop"."public"."orders" ("id")\nselect "id"\nfrom (\nselect 2 as id\n) as model_subq',
    );
  });

  test('deletes all, or those whose key is in another table', () => {
    expect(dialect.deleteAll(orders)).toBe(
      'set local row_security = off;\ndelete from "shop"."public"."orders";\nset local row_security = default',
    );
    expect(dialect.deleteMatching(match)).toBe(
      [
        'delete from "shop"."public"."orders" as DBT_INTERNAL_DEST',
        'where exists (select 1 from "pg_temp"."orders__new" as DBT_INTERNAL_SOURCE',
        '    where (DBT_INTERNAL_SOURCE."id" = DBT_INTERNAL_DEST."id"))',
      ].join('\n'),
    );
  });

  test('merges', () => {
    expect(dialect.merge({ ...match, columns: ['id', 'day'], updateColumns: ['day'] })).toBe(
      [
        'merge into "shop"."public"."orders" as DBT_INTERNAL_DEST',
        'using "pg_temp"."orders__new" as DBT_INTERNAL_SOURCE',
        'on (DBT_INTERNAL_SOURCE."id" = DBT_INTERNAL_DEST."id")',
        'when matched then update set "day" = DBT_INTERNAL_SOURCE."day"',
        'when not matched then insert ("id", "day")',
        'values (DBT_INTERNAL_SOURCE."id", DBT_INTERNAL_SOURCE."day")',
      ].join('\n'),
    );
  });
});

describe('catalog', () => {
  const schema = "case when n.oid = pg_my_temp_schema() then 'pg_temp' else n.nspname end";
  const type =
    "case c.relkind when 'v' then 'view' when 'm' then 'materialized_view' when 'f' then 'external' else 'table' end";

  test('relations of several schemas', () => {
    expect(dialect.listRelations([orders, orders, { database: null, schema: "o'brien" }])).toBe(
      [
        `select current_database() as database, ${schema} as schema, c.relname as identifier, ${type} as type`,
        'from pg_catalog.pg_class as c',
        'inner join pg_catalog.pg_namespace as n on n.oid = c.relnamespace',
        `where c.relkind in ('r', 'p', 'v', 'm', 'f') and ${schema} in ('public', 'o''brien')`,
        'order by 1, 2, 3',
      ].join('\n'),
    );
  });

  test('columns of several relations in one query', () => {
    expect(dialect.listColumns([orders, staged])).toBe(
      [
        'select w.schema, w.identifier, a.attname as name, pg_catalog.format_type(a.atttypid, a.atttypmod) as type',
        "from (values ('public', 'orders'), ('pg_temp', 'orders__new')) as w (schema, identifier)",
        'inner join pg_catalog.pg_class as c on c.relname = w.identifier',
        `inner join pg_catalog.pg_namespace as n on n.oid = c.relnamespace and ${schema} = w.schema`,
        'inner join pg_catalog.pg_attribute as a on a.attrelid = c.oid',
        "where c.relkind in ('r', 'p', 'v', 'm', 'f') and a.attnum > 0 and not a.attisdropped",
        'order by 1, 2, a.attnum',
      ].join('\n'),
    );
  });

  test('columns of a query', () => {
    expect(dialect.describeQuery('select 1 as id -- one')).toBe(
      'select * from (\nselect 1 as id -- one\n) as described limit 0',
    );
  });

  test('what hangs on a relation, beside what would take its place', () => {
    const successor = { ...orders, identifier: 'orders__new' };
    const lookup = (sql: string | null) => sql?.split('\n').filter((line) => line.includes('to_regclass'));
    expect(lookup(dialect.listDependents(orders, successor))).toEqual([
      `    left join pg_catalog.pg_class as s on s.oid = to_regclass('"public"."orders__new"')`,
      `    where c.oid = to_regclass('"public"."orders"')`,
    ]);
    expect(lookup(dialect.listDependents(orders))).toHaveLength(1);
  });

  test('files cannot be read in place', () => {
    expect(() => dialect.readFile('orders.csv')).toThrow('Postgres cannot read the file orders.csv in place.');
  });
});
