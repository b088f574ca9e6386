import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Adapter, Session } from '../../../orchestrator/adapters/adapter.ts';
import { DuckDbAdapter } from '../../../orchestrator/adapters/duckdb.ts';
import type { StrataError } from '../../../orchestrator/errors.ts';
import { createJob, publishScore, readRows } from './drive-score.ts';
import { churn, clusters } from './sample-jobs.ts';
import { drawFeatures, drawTraining, loadTable } from './sample-tables.ts';

let adapter: Adapter;
let session: Session;

beforeAll(async () => {
  adapter = new DuckDbAdapter({ type: 'duckdb', path: ':memory:' });
  await adapter.connect();
  session = await adapter.openSession();
  await session.execute(adapter.dialect.createSchema({ database: null, schema: 'scores' }));
  await loadTable(session, adapter.dialect, 'training', drawTraining());
  await loadTable(session, adapter.dialect, 'features', drawFeatures());
});

afterAll(() => adapter.close());

describe('a model that is refused', () => {
  const refuse = (name: string, changes: object) =>
    createJob({ ...churn, name, config: { ...churn.config, ...changes } });

  it('leaves rows without figures and says why where there is too little data', async () => {
    const job = refuse('few_positives', { gates: { min_positives: 5000, min_history_horizons: 10 } });
    const { message, version } = await publishScore(job, session, adapter.dialect);
    const [{ positives }] = (await readRows(
      session,
      'select count(*) filter (where churned) as positives from scores.training',
    )) as [{ positives: number }];
    const reason = `not enough training data: positives ${positives} of 5000, days of history 181 of 300`;
    expect(message).toContain(`: ${reason}; rows have no score`);
    expect(version).toBeNull();
    const rows = await readRows(
      session,
      'select distinct status, status_reason, probability from scores.few_positives',
    );
    expect(rows.filter((row) => row['status'] !== 'not_eligible')).toEqual([
      { status: 'insufficient_data', status_reason: reason, probability: null },
    ]);
  });

  it('is taken for leakage where it is too good', async () => {
    const job = refuse('too_good', { gates: { max_auc: 0.6 } });
    const { status } = await publishScore(job, session, adapter.dialect);
    expect(status).toBe('rejected');
    const [row] = await readRows(
      session,
      'select status, status_reason from scores.too_good where is_eligible limit 1',
    );
    expect(row?.['status']).toBe('model_rejected');
    expect(row?.['status_reason']).toMatch(/^suspected leakage: AUC 0\.\d{3} is above 0\.6$/);
  });

  it('leaves scoring to the champion before it', async () => {
    const earlier = { ...churn, name: 'defended', asOf: '2025-06-15' };
    const first = await publishScore(earlier, session, adapter.dialect);
    const job = refuse('defended', { features: ['tenure_days'], categorical_features: [] });
    const second = await publishScore(job, session, adapter.dialect);
    expect(second.status).toBe('rejected');
    expect(second.version).toBe(first.version);
    const rows = await readRows(
      session,
      'select distinct model_version, status from scores.defended where is_eligible',
    );
    expect(rows).toEqual([{ model_version: first.version, status: 'scored' }]);
  });

  it('leaves rows without a cluster where they are too few', async () => {
    const job = { ...clusters, name: 'few_rows', sql: 'select * from scores.features limit 20' };
    await publishScore(job, session, adapter.dialect);
    const rows = await readRows(session, 'select distinct status, status_reason, cluster_id from scores.few_rows');
    expect(rows).toEqual([
      { status: 'insufficient_data', status_reason: 'not enough training data: rows 20 of 50', cluster_id: null },
    ]);
  });
});

describe('faults of a score', () => {
  const messageOf = async (changes: object, sql = churn.sql) => {
    const job = createJob({ ...churn, sql, config: { ...churn.config, ...changes } });
    return publishScore(job, session, adapter.dialect).then(
      () => 'no error',
      (error: StrataError) => `${error.code} ${error.format()}`,
    );
  };

  const where = 'score-invalid models/scoring/churn_scores.sql: score:';
  it.each([
    [{ features: ['visit'] }, 'the training rows have no column "visit". Did you mean "visits"?'],
    [{ label: 'visits', features: ['tenure_days'] }, /^the label "visits" has \d+ rows that are neither 0 nor 1\./],
    [
      { features: ['plan'], categorical_features: [] },
      /^feature "plan" of the training rows is of type VARCHAR, not a number\. List it under "categorical_features"/,
    ],
    [
      { categorical_features: ['account_id'] },
      'categorical feature "account_id" has 300 levels, more than 100. Group the rare ones in the SQL, or leave it out.',
    ],
    [{ eligible_column: 'visits' }, 'eligible_column "visits" is of type INTEGER, not boolean.'],
  ])('are named: %#', async (changes, expected) => {
    const message = await messageOf(changes);
    expect(message.startsWith(`${where} `)).toBe(true);
    const said = message.slice(where.length + 1);
    if (typeof expected === 'string') expect(said).toBe(expected);
    else expect(said).toMatch(expected);
  });

  it('names a column missing from the rows to score', async () => {
    const message = await messageOf(
      {},
      'select account_id, visits, tenure_days, plan, is_eligible from scores.features',
    );
    expect(message).toBe(
      `${where} the rows to score have no column "is_admin". ` +
        'Columns: account_id, visits, tenure_days, plan, is_eligible.',
    );
  });

  it('names a stored model that cannot be read', async () => {
    const job = { ...churn, name: 'damaged', asOf: '2025-06-15' };
    const { version } = await publishScore(job, session, adapter.dialect);
    await session.execute("update scores.strata_models set coefficients = '{' where name = 'damaged'");
    await expect(publishScore({ ...job, asOf: '2025-07-01' }, session, adapter.dialect)).rejects.toMatchObject({
      code: 'score-invalid',
      message: `score: model ${version} of "damaged" in strata_models cannot be read.`,
      hint: 'Delete its row, or set its status to rejected.',
    });
  });

  it('asks for a date where the run has none', async () => {
    await expect(publishScore({ ...churn, asOf: null }, session, adapter.dialect)).rejects.toThrow(
      'score: no as_of date for "churn_scores".',
    );
  });
});
