import { describe, expect, test } from 'vitest';
import { snowflakeDialect as dialect } from '../../../orchestrator/dialects/snowflake.ts';
import { modelNode } from '../../support/render.ts';

const node = modelNode('orders', 'select 1 as id');

describe('settings', () => {
  test.each([
    [{ transient: 'yes' }, 'orders: config transient must be true or false.'],
    [{ cluster_by: 7 }, 'orders: config cluster_by must be a column or a list of columns.'],
    [{ query_tag: ['a'] }, 'orders: config query_tag must be a text.'],
    [
      { incremental_strategy: 'insert_overwrite', incremental_predicates: ['day > 7'] },
      'orders: insert_overwrite replaces the whole table, so incremental_predicates cannot narrow it.',
    ],
  ])('%j is refused', (config, message) => {
    const checked = { ...modelNode('orders', 'select 1 as id', config), relation_name: 'shop.main.orders' };
    expect(() => dialect.checkSettings(checked)).toThrow(message);
  });

  test('a name in quotes that is not in upper case is refused, since it is built without quotes', () => {
    const check = (name: string) => () => dialect.checkSettings({ ...node, relation_name: name });
    expect(check('shop.main."orders"')).toThrow('orders: the relation shop.main."orders" has a name in quotes');
    expect(check('shop.main.orders')).not.toThrow();
    expect(check('shop.main."ORDERS"')).not.toThrow();
    expect(check('shop."my-schema"."größe"')).not.toThrow();
  });
});
