import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CompatProject } from './compat-project.ts';

const project = new CompatProject({
  'models/prices_v1.sql': "{{ config(materialized='ephemeral') }}\nselect 1 as price",
  'models/prices_v2.sql': 'select 2 as price',
  'models/prices_v3.sql': 'select 3 as price',
  'models/all_prices.sql': [
    'select latest.price as latest, first.price as first, third.price as third',
    "from {{ ref('prices') }} as latest, {{ ref('prices', v=1) }} as first, {{ ref('shop', 'prices', version=3) }} as third",
  ].join('\n'),
  'models/prices.yml': [
    'models:',
    '  - name: prices',
    '    latest_version: 2',
    '    versions: [{v: 1}, {v: 2, config: {alias: current_prices}}, {v: 3}]',
    '    columns: [{name: price, data_tests: [unique]}]',
    '',
  ].join('\n'),
});
afterAll(() => project.remove());
beforeAll(() => project.run('build'));

describe('a model with versions', () => {
  it('is tested version by version', () => {
    expect(project.statuses()).toEqual([
      'model.shop.all_prices success',
      'model.shop.prices.v2 success',
      'model.shop.prices.v3 success',
      'test.shop.unique_prices_v1_price pass',
      'test.shop.unique_prices_v2_price pass',
      'test.shop.unique_prices_v3_price pass',
    ]);
  });

  it('is read at its latest version, or at the one asked for', async () => {
    expect(await project.rows('select * from all_prices')).toEqual([{ latest: 2, first: 1, third: 3 }]);
    expect(await project.rows('select * from current_prices')).toEqual([{ price: 2 }]);
  });
});
