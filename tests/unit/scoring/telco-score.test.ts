import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Adapter, Session } from '../../../orchestrator/adapters/adapter.ts';
import { DuckDbAdapter } from '../../../orchestrator/adapters/duckdb.ts';
import { createJob, publishScore, readRows } from './drive-score.ts';

let adapter: Adapter;
let session: Session;

beforeAll(async () => {
  adapter = new DuckDbAdapter({ type: 'duckdb', path: ':memory:' });
  await adapter.connect();
  session = await adapter.openSession();
  const file = fileURLToPath(new URL('../../fixtures/telco.csv', import.meta.url));
  await session.execute('create schema scores');
  await session.execute(`
    create table scores.telco as
    select
        * replace (coalesce(try_cast("TotalCharges" as double), 0) as "TotalCharges"),
        cast("Churn" as varchar) in ('Yes', 'true') as churned
    from read_csv('${file}')
  `);
});

afterAll(() => adapter.close());

it('fits and scores a table that knows no dates, judged by cross-validation', async () => {
  const job = createJob({
    name: 'telco_scores',
    sql: 'select * from scores.telco',
    training: 'scores.telco',
    config: {
      estimator: 'logistic_regression',
      training: 'telco',
      entity_key: 'customerID',
      label: 'churned',
      features: ['SeniorCitizen', 'tenure', 'MonthlyCharges', 'TotalCharges'],
      categorical_features: [
        ...['gender', 'Partner', 'Dependents', 'PhoneService', 'MultipleLines', 'InternetService'],
        ...['OnlineSecurity', 'OnlineBackup', 'DeviceProtection', 'TechSupport', 'StreamingTV', 'StreamingMovies'],
        ...['Contract', 'PaperlessBilling', 'PaymentMethod'],
      ],
    },
  });
  const { status } = await publishScore(job, session, adapter.dialect);
  expect(status).toBe('champion');
  const [entry] = await readRows(
    session,
    'select metrics, training_rows, training_positives from scores.strata_models',
  );
  expect(entry).toMatchObject({ training_rows: 7043, training_positives: 1869 });
  const metrics = JSON.parse(String(entry?.['metrics']));
  expect(metrics.validation).toBe('cross-validation');
  const gold = { auc: 0.845, average_precision: 0.6539, brier: 0.1356, log_loss: 0.4174, ece: 0.0125 };
  for (const [name, value] of Object.entries(gold)) {
    expect(Math.abs(metrics[name] - value), name).toBeLessThanOrEqual(0.002);
  }
  expect(Math.abs(metrics.lift_top_decile - 2.86)).toBeLessThanOrEqual(0.05);
  // The intercept is not penalised, so the mean probability is the churn rate.
  const [mean] = await readRows(session, 'select avg(probability) as mean, count(*) as size from scores.telco_scores');
  expect(mean?.['size']).toBe(7043);
  expect(Number(mean?.['mean'])).toBeCloseTo(1869 / 7043, 9);
});
