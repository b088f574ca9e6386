import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Warehouse } from '../../support/warehouse.ts';

let warehouse: Warehouse;

beforeEach(() => {
  warehouse = Warehouse.duckDb();
});

afterEach(() => warehouse.remove());

const orderModels = ['fct_orders', 'fct_rfm_scores', 'stg_commerce__order_versions', 'stg_commerce__orders'];
const cohortModels = [
  ...['fct_cohort_retention', 'int_cohort_ages', 'int_cohort_entries', 'int_cohort_members', 'int_cohort_returns'],
  'rpt_cohort_triangle',
];
const eventModels = ['stg_product__events', 'stg_product__users'];
const billingModels = [
  ...['int_account_churns', 'stg_billing__plan_versions', 'stg_billing__plans', 'stg_billing__subscription_changes'],
  ...['stg_billing__subscription_versions', 'stg_billing__subscriptions'],
];
const accountModels = [
  ...['dim_account_360', 'dim_accounts', 'fct_account_features', 'fct_segment_membership', 'int_account_snapshots'],
  ...['int_snapshot_dates', 'stg_crm__account_history', 'stg_crm__account_versions', 'stg_crm__accounts'],
];
const churnModels = ['churn_scores', 'fct_churn_training_rows', 'int_account_snapshots_subscriptions'];

describe('a project with some of the sources', () => {
  const cases: readonly (readonly [sources: object, models: readonly string[]])[] = [
    [{}, []],
    [{ commerce: true }, [...orderModels, ...cohortModels]],
    [{ product: true }, [...eventModels, ...cohortModels]],
    [{ billing: true }, billingModels],
    [{ crm: true }, accountModels],
    [{ commerce: true, product: ['users'] }, [...orderModels, ...cohortModels, 'stg_product__users']],
    [{ crm: true, billing: true }, [...accountModels, ...billingModels, ...churnModels]],
  ];

  it.each(cases)('builds with %j exactly the models these allow', async (sources_enabled, models) => {
    const cohort_kinds = [{ type: 'first_ever', grain: 'month', clock: 'calendar' }];
    const { stderr } = await warehouse.build({ sources_enabled, cohort_kinds });
    expect(warehouse.models).toEqual([...models].sort());
    expect(stderr).toMatch(/ WARN=0 ERROR=0 SKIP=0 /);
    const published = await warehouse.rows(
      `select table_name from information_schema.tables where table_schema = 'shop' and table_name not like 'raw_%'`,
    );
    const expected = [...models, 'rfm_grid_11_segments', 'rfm_thresholds'];
    if (models.includes('churn_scores')) expected.push('strata_models');
    expect(published.map(([name]) => name).sort()).toEqual(expected.sort());
  });
});

describe('what docs/your-data.md shows', () => {
  const page = readFileSync(new URL('../../../docs/your-data.md', import.meta.url), 'utf8');
  const blocks = [...page.matchAll(/```yaml\n(.*?)```/gs)].map((match) => match[1] ?? '');

  /** Writes the files that a block of the page names and gives the block with their real paths. */
  function placeFiles(block: string, files: Readonly<Record<string, string>>): string {
    return Object.entries(files).reduce((text, [path, content]) => {
      const real = join(warehouse.folder, path.replace('data/', ''));
      writeFileSync(real, content);
      expect(text).toContain(path);
      return text.replace(path, real);
    }, block);
  }

  it('makes cohorts and segments of an order file', async () => {
    const orders = `invoice_number,customer,purchased_on,amount
1,ann,2025-01-05,10
2,bob,2025-01-20,20
3,ann,2025-02-10,30
4,cy,2025-02-11,5
5,ann,2025-03-31,7.50
`;
    await warehouse.build(placeFiles(blocks[0] ?? '', { 'data/my-orders.csv': orders }));
    expect(warehouse.models).toEqual([...orderModels, ...cohortModels].sort());
    const triangle = `select cohort, cohort_size, active_m0, active_m1, active_m2, active_m3, retention_m1
      from rpt_cohort_triangle order by cohort`;
    expect(await warehouse.rows(triangle)).toEqual([
      ['2025-01-01', 2, 2, 1, 1, null, 0.5],
      ['2025-02-01', 1, 1, 0, null, null, 0],
      ['all', 3, 3, 1, 1, null, 1 / 3],
    ]);
    const rfm = `select account_id, recency_days, frequency, monetary, rfm_segment is not null
      from fct_rfm_scores order by 1`;
    expect(await warehouse.rows(rfm)).toEqual([
      ['ann', 1, 3, '47.50', true],
      ['bob', 71, 1, '20.00', true],
      ['cy', 49, 1, '5.00', true],
    ]);
  });

  it('makes a triangle of sign-ups and the months each was active in', async () => {
    const files = {
      'data/signups.csv': 'id,signed_up_on\nu1,2025-01-15\nu2,2025-01-31\nu3,2025-02-03\n',
      'data/active-months.csv':
        'id,month\nu1,2025-01-01\nu1,2025-02-01\nu1,2025-03-01\nu2,2025-01-01\nu3,2025-02-01\nu3,2025-03-01\n',
    };
    await warehouse.build(placeFiles(blocks[1] ?? '', files));
    expect(warehouse.models).toEqual([...eventModels, ...cohortModels].sort());
    const rows = await warehouse.rows(
      `select cohort, cohort_size, active_m0, active_m1, active_m2 from rpt_cohort_triangle
       where entry_event = 'sign_up' order by cohort`,
    );
    expect(rows).toEqual([
      ['2025-01-01', 2, 2, 1, null],
      ['2025-02-01', 1, 1, null, null],
      ['all', 3, 3, 1, null],
    ]);
  });
});
