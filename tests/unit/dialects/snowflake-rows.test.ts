import { describe, expect, test } from 'vitest';
import { snowflakeDialect as dialect } from '../../../orchestrator/dialects/snowflake.ts';
import { modelNode } from '../../support/render.ts';

const orders = { database: 'shop', schema: 'main', identifier: 'orders' };
const aside = { ...orders, identifier: 'orders__strata_0123abcd' };
const node = modelNode('orders', 'select 1 as id');

describe('moving rows', () => {
  const keys = { target: orders, source: aside, uniqueKey: ['ID'], predicates: ['DBT_INTERNAL_DEST.day > 7'] };

  test('a merge', () => {
    expect(dialect.merge({ ...keys, columns: ['ID', 'Name'], updateColumns: ['Name'] })).toBe(
      [
        'merge into "SHOP"."MAIN"."ORDERS" as DBT_INTERNAL_DEST',
        'using "SHOP"."MAIN"."ORDERS__STRATA_0123ABCD" as DBT_INTERNAL_SOURCE',
        'on (DBT_INTERNAL_SOURCE."ID" = DBT_INTERNAL_DEST."ID") and (DBT_INTERNAL_DEST.day > 7)',
        'when matched then update set "Name" = DBT_INTERNAL_SOURCE."Name"',
        'when not matched then insert ("ID", "Name")',
        'values (DBT_INTERNAL_SOURCE."ID", DBT_INTERNAL_SOURCE."Name")',
      ].join('\n'),
    );
  });

  test('columns that were made in quotes and lower case stay what they are', () => {
    const columns = ['id', 'order'];
    expect(dialect.merge({ ...keys, predicates: [], uniqueKey: ['id'], columns, updateColumns: ['order'] })).toBe(
      [
        'merge into "SHOP"."MAIN"."ORDERS" as DBT_INTERNAL_DEST',
        'using "SHOP"."MAIN"."ORDERS__STRATA_0123ABCD" as DBT_INTERNAL_SOURCE',
        'on (DBT_INTERNAL_SOURCE."id" = DBT_INTERNAL_DEST."id")',
        'when matched then update set "order" = DBT_INTERNAL_SOURCE."order"',
        'when not matched then insert ("id", "order")',
        'values (DBT_INTERNAL_SOURCE."id", DBT_INTERNAL_SOURCE."order")',
      ].join('\n'),
    );
  });

  test('a deletion by key', () => {
    expect(dialect.deleteMatching(keys)).toBe(
      [
        'delete from "SHOP"."MAIN"."ORDERS" as DBT_INTERNAL_DEST',
        'where exists (select 1 from "SHOP"."MAIN"."ORDERS__STRATA_0123ABCD" as DBT_INTERNAL_SOURCE',
        '    where (DBT_INTERNAL_SOURCE."ID" = DBT_INTERNAL_DEST."ID"))',
        'and (DBT_INTERNAL_DEST.day > 7)',
      ].join('\n'),
    );
  });

  test('insert_overwrite replaces the whole table', () => {
    const spec = { node, target: orders, source: aside, columns: ['ID', 'NAME'], predicates: [] };
    expect(dialect.insertOverwrite(spec)).toBe(
      [
        'insert overwrite into "SHOP"."MAIN"."ORDERS" ("ID", "NAME")',
        'select "ID", "NAME"',
        'from "SHOP"."MAIN"."ORDERS__STRATA_0123ABCD"',
      ].join('\n'),
    );
  });

  test('rows of a query by name', () => {
    expect(dialect.insertSelect(orders, ['ID'], 'select 1 as id')).toBe(
      'insert into "SHOP"."MAIN"."ORDERS" ("ID")\nselect "ID"\nfrom (\nselect 1 as id\n) as model_subq',
    );
  });
});
