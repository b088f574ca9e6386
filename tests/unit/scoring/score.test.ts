import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Adapter, Session } from '../../../orchestrator/adapters/adapter.ts';
import { DuckDbAdapter } from '../../../orchestrator/adapters/duckdb.ts';
import { PostgresAdapter } from '../../../orchestrator/adapters/postgres.ts';
import type { CellValue } from '../../../orchestrator/manifest/results.ts';
import { predict } from '../../../orchestrator/scoring/classifier.ts';
import type { InputColumn, Transform } from '../../../orchestrator/scoring/transform.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { createJob, publishScore, readRows } from './drive-score.ts';
import { churn, clusters } from './sample-jobs.ts';
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
  const adapters = [
    new DuckDbAdapter({ type: 'duckdb', path: ':memory:' }),
    new PostgresAdapter({ type: 'postgres', host, port, user, password, dbname }),
  ];
  for (const adapter of adapters) {
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

  it.each([
    ['one_number', { features: ['visits'], categorical_features: [] }],
    ['one_boolean', { features: ['is_admin'], categorical_features: [] }],
    ['one_category', { features: [], categorical_features: ['plan'] }],
    ['key_of_two', { entity_key: ['account_id', 'tenure_days'], eligible_column: null }],
    ['without_dates', { time_column: null, horizon_days: null }],
  ])('are the same with other settings: %s', async (name, changes) => {
    const job = createJob({ ...churn, name, config: { ...churn.config, ...changes } });
    const [duckdb = [], other = []] = await publishBoth(job);
    expect(duckdb.filter((row) => row['status'] === 'scored').length).toBeGreaterThan(150);
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

  it('rank, band and explain the others', async () => {
    const [duckdb = []] = await publishBoth(churn);
    const scored = duckdb
      .filter((row) => row['status'] === 'scored')
      .sort((a, b) => Number(b['probability']) - Number(a['probability']));
    expect(scored[0]).toMatchObject({ band: 'high', percentile: 1, as_of: '2025-07-01' });
    expect(scored.at(-1)).toMatchObject({ band: 'low', percentile: 0 });
    for (const row of scored) {
      const values = [1, 2, 3].flatMap((rank) => row[`top_contribution_${rank}`] ?? []).map(Number);
      expect(values).toEqual([...values].sort((a, b) => b - a));
      expect(values.every((value) => value > 0)).toBe(true);
    }
  });

  it('are the probabilities the stored model predicts', async () => {
    const { session, adapter } = duckdb();
    await publishScore(churn, session, adapter.dialect);
    const [entry] = await readRows(session, "select * from scores.strata_models where name = 'churn_scores'");
    const { intercept, coefficients } = JSON.parse(String(entry?.['coefficients']));
    const transform: Transform = JSON.parse(String(entry?.['transform']));
    const columns = readColumns(transform);
    const expected = predict({ transform, fit: { intercept, coefficients } }, columns);
    const scores = await readRows(session, 'select account_id, probability from scores.churn_scores where is_eligible');
    const byAccount = new Map(scores.map((row) => [row['account_id'], Number(row['probability'])]));
    drawFeatures().rows.forEach(([account = null], i) => {
      if (byAccount.has(account)) expect(byAccount.get(account)).toBeCloseTo(expected[i] ?? Number.NaN, 12);
    });
    expect(byAccount.size).toBe(180);
  });

  it('leave one entry in the registry however often a day is built', async () => {
    const { session, adapter } = duckdb();
    await publishScore(churn, session, adapter.dialect);
    const { message } = await publishScore(churn, session, adapter.dialect);
    const entries = await readRows(session, "select * from scores.strata_models where name = 'churn_scores'");
    expect(entries.length).toBe(1);
    expect(entries[0]).toMatchObject({
      estimator: 'logistic_regression',
      status: 'champion',
      status_reason: null,
      training_rows: 1200,
      validation_rows: 600,
      as_of: '2025-07-01',
      training_from: '2025-01-01',
      training_to: '2025-04-01',
      validation_from: '2025-05-01',
      validation_to: '2025-06-01',
      code_version: 'c0de',
      invocation_id: 'run-1',
      fitted_at: '2025-07-01 04:00:00',
    });
    expect(message).toMatch(/^champion 2025-07-01\.[0-9a-f]{8}, AUC 0\.\d{3}$/);
  });
});

describe('clusters', () => {
  it('are the same on DuckDB and Postgres', async () => {
    const [duckdb = [], other = []] = await publishBoth(clusters);
    expect(duckdb.length).toBe(200);
    expect(duckdb.every((row) => row['status'] === 'scored' && Number(row['cluster_id']) >= 1)).toBe(true);
    expect(duckdb.some((row) => row['cluster_name'] === 'busy')).toBe(true);
    expectSameRows(other, duckdb);
  });

  it('hold as many rows as the registry says', async () => {
    const { session, adapter } = duckdb();
    await publishScore(clusters, session, adapter.dialect);
    const [entry] = await readRows(session, "select * from scores.strata_models where name = 'account_clusters'");
    const model: { clusters: { name: string; size: number }[] } = JSON.parse(String(entry?.['coefficients']));
    const counts = await readRows(
      session,
      'select cluster_name as name, count(*) as size from scores.account_clusters group by cluster_name, cluster_id order by cluster_id',
    );
    expect(counts).toEqual(model.clusters.map(({ name, size }) => ({ name, size })));
  });
});

function duckdb(): Warehouse {
  const [first] = warehouses;
  if (first === undefined) throw new Error('no warehouse');
  return first;
}

/** The rows to score as a model's inputs. */
function readColumns(transform: Transform): readonly InputColumn[] {
  const { columns, rows } = drawFeatures();
  return transform.inputs.map((input): InputColumn => {
    const values = rows.map((row) => row[columns.findIndex(([name]) => name === input.name)] ?? null);
    if (input.kind === 'number') {
      return {
        kind: 'number',
        name: input.name,
        values: Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value))),
      };
    }
    const levels = [...new Set(values.map((value) => String(value ?? '(missing)')))];
    return {
      kind: 'category',
      name: input.name,
      levels,
      values: Float64Array.from(values, (value) => levels.indexOf(String(value ?? '(missing)'))),
    };
  });
}
