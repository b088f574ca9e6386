import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BuiltProject } from './built-project.ts';

interface Truth {
  readonly better_cohort: { readonly signup_month: string };
  readonly churn: { readonly planted_auc: { readonly last_quarter: { readonly realised: number } } };
  readonly observation_columns: readonly string[];
  readonly observations: readonly (readonly (string | number | boolean | null)[])[];
}

const truth = JSON.parse(readFileSync(new URL('../../seeds/truth.json', import.meta.url), 'utf8')) as Truth;
const features = truth.observation_columns.slice(2, -2);

describe('the demo through all models', () => {
  const project = new BuiltProject();
  const past = new BuiltProject();
  beforeAll(() => {
    project.build('{}');
    past.build('{as_of_date: "2025-06-01"}', '--select', '+fct_account_features +fct_churn_training_rows');
  });
  afterAll(() => {
    project.remove();
    past.remove();
  });

  it('takes the day after the data end as its as_of date', async () => {
    expect(await project.query('select distinct as_of_date from dim_account_360')).toEqual([['2026-01-01']]);
  });

  it('rebuilds every feature of every observation as it was planted', async () => {
    const columns = features.map((name) => `round(${name}::double, 9)`).join(', ');
    const rows = await project.query(
      `select account_id, as_of_date, ${columns} from fct_account_features where is_churn_eligible order by 1, 2`,
    );
    const planted = truth.observations.map((row) => row.slice(0, -2));
    expect(rows).toEqual(planted);
  });

  it('labels exactly the rows that were planted to churn', async () => {
    const rows = await project.query(
      'select account_id, as_of_date from fct_churn_training_rows where is_churned order by 1, 2',
    );
    expect(rows).toEqual(truth.observations.filter((row) => row.at(-1) === true).map((row) => row.slice(0, 2)));
  });

  it('shows the past as it was known then, however much landed since', async () => {
    const sql = `select * from fct_account_features where as_of_date <= '2025-06-01' order by account_id, as_of_date`;
    const then = await past.query(sql);
    expect(then.length).toBeGreaterThan(5000);
    expect(await project.query(sql)).toEqual(then);
  });

  it('finds the sign-up month that retains better', async () => {
    const rows = await project.query(
      `select cohort from rpt_cohort_triangle
       where entry_event = 'sign_up' and cohort <> 'all' and cohort_size >= 30 order by retention_m6 desc limit 1`,
    );
    expect(rows).toEqual([[truth.better_cohort.signup_month]]);
  });

  it('predicts churn nearly as well as the planted mechanism allows', async () => {
    const rows = await project.query(`select metrics, status from strata_models where name = 'churn_scores'`);
    const { auc } = JSON.parse(String(rows[0]?.[0])) as { readonly auc: number };
    expect(rows[0]?.[1]).toBe('champion');
    expect(Math.abs(auc - truth.churn.planted_auc.last_quarter.realised)).toBeLessThan(0.02);
  });

  it('puts every account into exactly one primary segment', async () => {
    const rows = await project.query(
      `select count(*)::integer, count(distinct account_id)::integer from fct_segment_membership
       where segment_layer = 'primary'`,
    );
    expect(rows).toEqual([[600, 600]]);
  });
});
