import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CompatProject } from './compat-project.ts';

// What dbt passes over in silence does not keep a project from running, though something may be said about it.

const project = new CompatProject({
  'seeds/orders.csv': 'order_id,amount\n1,10\n',
  'seeds/orders.yml': [
    'seeds:',
    '  - name: orders',
    '    config: {column_types: {amount: varchar, _loaded_at: timestamp}}',
    '    columns:',
    '      - {name: amount, description: First.}',
    '      - {name: amount, description: What the order cost.}',
    '    data_tests:',
    '      - unique: {arguments: {column_name: "coalesce(cast(order_id as varchar), \'\') || amount"}}',
    '',
  ].join('\n'),
  'models/small/visits.sql': "{{ config(enabled=(target.type == 'postgres')) }}\nselect 1 as visit_id",
  'models/wide/visits.sql': "{{ config(enabled=(target.type == 'duckdb')) }}\nselect 2 as visit_id",
  'models/visits.yml': 'models: [{name: visits, columns: [{name: visit_id, data_tests: [unique]}]}]\n',
  'models/off.sql': "{{ config(enabled=var('on', false)) }}\nselect {{ var('gone') }} as a, {{ no_macro() }} as b",
  'packages.yml': 'packages: [{local: packages/tools}]\n',
  'packages/tools/dbt_project.yml': 'name: tools\n',
  'packages/tools/models/days.sql': 'select 1 as day',
  'packages/tools/models/days.yml': [
    'models:',
    '  - name: days',
    '    grain: One row per day.',
    '    columns: [{name: day, owner: me, data_tests: [unique]}]',
    '',
  ].join('\n'),
  'models/later.sql': "{{ config(materialized='ephemeral') }}\n-- to be written\n",
});
afterAll(() => project.remove());
let code: number | null = null;
let told = '';
beforeAll(async () => {
  ({ code, stderr: told } = await project.run('build --no-color'));
});

describe('a project with descriptions, settings and tests that do not quite fit', () => {
  it('is built', async () => {
    expect([code, told.match(/Done in .*(PASS=.*)/)?.[1]]).toEqual([0, 'PASS=6 WARN=0 ERROR=0 SKIP=0 TOTAL=6']);
    expect(await project.rows('select * from orders')).toEqual([{ order_id: 1, amount: '10' }]);
  });

  it('tests what a package describes beside keys that nobody knows', () => {
    expect(project.statuses()).toContain('test.tools.unique_days_day pass');
    expect(told).toContain('Warning: packages/tools/models/days.yml:3:5: Unknown key "grain" in "models.days".');
    expect(told).toContain('Unknown key "owner" in "models.days.columns.day".');
  });

  it('tests the variant of a model that is switched on', async () => {
    expect(project.statuses().filter((status) => status.includes('visit'))).toEqual([
      'model.shop.visits success',
      'test.shop.unique_visits_visit_id pass',
    ]);
    expect(await project.rows('select * from visits')).toEqual([{ visit_id: 2 }]);
  });

  it.each([
    'seeds/orders.yml:6: Column "amount" is described twice. It is described at line 5 already.',
    'seeds/orders.csv: Setting "column_types" of seed "orders" names "_loaded_at", which the file does not have. Its columns: order_id, amount.',
  ])('is told: %s', (warning) => {
    expect(told).toContain(`Warning: ${warning}`);
  });
});
