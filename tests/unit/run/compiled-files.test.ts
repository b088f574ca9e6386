import { expect, test } from 'vitest';
import { compiledPath } from '../../../orchestrator/run/compiled-files.ts';
import { modelNode } from '../../support/render.ts';

test.each([
  ['models/marts/orders.sql', 'compiled/shop/models/marts/orders.sql'],
  ['../shared/models/orders.sql', 'compiled/shop/shared/models/orders.sql'],
  ['../../../../../etc/orders.sql', 'compiled/shop/etc/orders.sql'],
])('%s is compiled below the target', (original_file_path, expected) => {
  expect(compiledPath({ ...modelNode('orders', ''), original_file_path, path: 'orders.sql' })).toBe(expected);
});

test('a test written in YAML has a folder named after its file', () => {
  const node = {
    ...modelNode('unique_orders_id', ''),
    original_file_path: 'models/a.yml',
    path: 'unique_orders_id.sql',
  };
  expect(compiledPath(node)).toBe('compiled/shop/models/a.yml/unique_orders_id.sql');
});
