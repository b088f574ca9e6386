import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Adapter, Session } from '../../../orchestrator/adapters/adapter.ts';
import { openAdapter } from '../../../orchestrator/adapters/open-adapter.ts';
import type { CellValue } from '../../../orchestrator/manifest/results.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { createJob, publishScore, readRows } from './drive-score.ts';
import { drawFeatures, drawTraining, loadTable } from './sample-tables.ts';

interface Warehouse {
  readonly adapter: Adapter;
  readonly session: Session;
}

let postgres: TestPostgres;
const warehouses: Warehouse[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
  const { host, port, user, password, database: dbname } = postgres;
  const targets = [
    { type: 'duckdb', path: ':memory:' },
    { type: 'postgres', host, port, user, password, dbname, schema: 'scores' },
  ] as const;
  for (const target of targets) {
    const adapter = await openAdapter(target);
    await adapter.connect();
    const session = await adapter.openSession();
    await session.execute(adapter.dialect.createSchema({ database: null, schema: 'scores' }));
    await loadTable(session, adapter.dialect, 'training', drawTraining());
    await loadTable(session, adapter.dialect, 'features', drawFeatures());
    warehouses.push({ adapter, session });
  }
});

afterAll(async () => {
  for (const { adapter } of warehouses) await adapter.close();
  await postgres.stop();
});

const churn = createJob({
  name: 'churn_scores',
  sql: 'select *\nfrom scores.features\n-- the rows to score\n',
  training: 'scores.training',
  config: {
    estimator: 'logistic_regression',
    training: 'training',
    entity_key: 'account_id',
    label: 'churned',
    time_column: 'observed_on',
    features: ['visits', 'tenure_days', 'is_admin'],
    categorical_features: ['plan'],
    eligible_column: 'is_eligible',
    horizon_days: 30,
  },
});

const clusters = createJob({
  name: 'account_clusters',
  sql: 'select * from scores.features;',
  training: null,
  config: {
    estimator: 'kmeans',
    entity_key: 'account_id',
    features: ['visits', 'tenure_days'],
    cluster_names: [{ name: 'busy', when: { visits: { above: 1.5 } } }],
  },
});

type Row = Readonly<Record<string, CellValue>>;

/** The same table of both warehouses, rows in the order of their keys' characters. */
async function publishBoth(job: typeof churn): Promise<readonly (readonly Row[])[]> {
  const tables: Row[][] = [];
  for (const { adapter, session } of warehouses) {
    await publishScore(job, session, adapter.dialect);
    const rows = await readRows(session, `select * from scores.${job.name}`);
    tables.push([...rows].sort((a, b) => (String(a['account_id']) < String(b['account_id']) ? -1 : 1)));
  }
  return tables;
}

function expectSameRows(actual: readonly Row[], expected: readonly Row[]): void {
  expect(actual.length).toBe(expected.length);
  actual.forEach((row, i) => {
    for (const [name, value] of Object.entries(row)) {
      const other = expected[i]?.[name];
      if (typeof value === 'number' && typeof other === 'number') {
        expect(Math.abs(value - other), name).toBeLessThanOrEqual(1e-9 * Math.max(Math.abs(other), 1e-3));
      } else {
        expect(value, name).toEqual(other);
      }
    }
  });
}

describe('churn scores', () => {
  it('are the same on DuckDB and Postgres', async () => {
    const [duckdb = [], other = []] = await publishBoth(churn);
    expect(duckdb.length).toBe(200);
    expectSameRows(other, duckdb);
  });

  it('give no figure to rows that are not eligible', async () => {
    const [duckdb = []] = await publishBoth(churn);
    const ineligible = duckdb.filter((row) => row['is_eligible'] === false);
    expect(ineligible.length).toBe(20);
    for (const row of ineligible) {
      expect(row).toMatchObject({
        status: 'not_eligible',
        probability: null,
        percentile: null,
        band: null,
        top_feature_1: null,
        top_contribution_1: null,
      });
    }
  });
});

describe('clusters', () => {
  it('are the same on DuckDB and Postgres', async () => {
    const [duckdb = [], other = []] = await publishBoth(clusters);
    expect(duckdb.length).toBe(200);
    expectSameRows(other, duckdb);
  });
});
