import { afterAll, describe, expect, it } from 'vitest';
import { BuiltProject, readExample } from './built-project.ts';

// Expected figures were computed from the same files with pandas 3.1 and scikit-learn 1.9.

describe('CDNOW through the models of orders', () => {
  const project = new BuiltProject();
  afterAll(() => project.remove());

  it('gives the known retention triangle by month of first purchase', async () => {
    project.build(readExample('cdnow'));
    const months = [0, 1, 2, 3, 4, 5, 6].map((age) => `active_m${age}::integer`).join(', ');
    const rows = await project.query(
      `select cohort, cohort_size::integer, ${months}, as_of_date from rpt_cohort_triangle order by cohort`,
    );
    expect(rows).toEqual([
      ['1997-01-01', 7846, 7846, 1157, 964, 810, 679, 736, 720, '1998-07-01'],
      ['1997-02-01', 8476, 8476, 1312, 980, 783, 847, 786, 626, '1998-07-01'],
      ['1997-03-01', 7248, 7248, 1032, 752, 756, 674, 564, 561, '1998-07-01'],
      ['all', 23570, 23570, 3501, 2696, 2349, 2200, 2086, 1907, '1998-07-01'],
    ]);
  });

  it('weighs the top line by cohort size', async () => {
    const rows = await project.query(
      `select round(retention_m1, 6), round(3501 / 23570.0, 6) from rpt_cohort_triangle where cohort = 'all'`,
    );
    expect(rows).toEqual([[0.148536, 0.148536]]);
  });

  it('finds 12,054 customers with a single day of purchase', async () => {
    const rows = await project.query(
      `select count(*)::integer from fct_rfm_scores where frequency = 1 union all
       select count(*)::integer from fct_rfm_scores`,
    );
    expect(rows).toEqual([[12054], [23570]]);
  });

  it('scores recency, frequency and money by percent rank, ties at the lower score', async () => {
    const rows = await project.query(
      `select 'f', f_score, count(*)::integer from fct_rfm_scores group by 2 union all
       select 'm', m_score, count(*)::integer from fct_rfm_scores group by 2 union all
       select 'r', r_score, count(*)::integer from fct_rfm_scores group by 2 order by 1, 2`,
    );
    const counts = (measure: string) => rows.filter((row) => row[0] === measure).map((row) => row.slice(1));
    expect(counts('f')).toEqual([
      [1, 12054],
      [3, 4040],
      [4, 3641],
      [5, 3835],
    ]);
    expect(counts('m')).toEqual([
      [1, 4817],
      [2, 4615],
      [3, 4710],
      [4, 4715],
      [5, 4713],
    ]);
    expect(counts('r')).toEqual([
      [1, 4735],
      [2, 4712],
      [3, 4702],
      [4, 4720],
      [5, 4701],
    ]);
  });

  it('puts every customer into one of the eleven segments', async () => {
    const rows = await project.query('select rfm_segment, count(*)::integer from fct_rfm_scores group by 1 order by 1');
    expect(Object.fromEntries(rows)).toEqual({
      'About to Sleep': 1883,
      'At Risk': 438,
      'Cannot Lose Them': 1767,
      Champions: 5394,
      Hibernating: 3457,
      Lost: 3110,
      Loyal: 1680,
      'Need Attention': 1578,
      'New Customers': 1440,
      'Potential Loyalists': 1866,
      Promising: 957,
    });
  });
});

describe('Telco through the churn score', () => {
  const project = new BuiltProject();
  afterAll(() => project.remove());

  it('reaches the known figures by five-fold cross-validation', async () => {
    project.build(readExample('telco'));
    const rows = await project.query(`select metrics from strata_models where name = 'churn_scores'`);
    const metrics = JSON.parse(String(rows[0]?.[0])) as Record<string, number>;
    const known = { auc: 0.845, average_precision: 0.6539, brier: 0.1356, log_loss: 0.4174, ece: 0.0125 };
    for (const [name, value] of Object.entries(known)) {
      expect(Math.abs((metrics[name] ?? Number.NaN) - value), name).toBeLessThanOrEqual(0.002);
    }
    expect([metrics['rows'], metrics['positives']]).toEqual([7043, 1869]);
  });
});
