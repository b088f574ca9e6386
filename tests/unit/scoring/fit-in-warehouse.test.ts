import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Adapter, Session } from '../../../orchestrator/adapters/adapter.ts';
import { DuckDbAdapter } from '../../../orchestrator/adapters/duckdb.ts';
import { PostgresAdapter } from '../../../orchestrator/adapters/postgres.ts';
import type { CellValue } from '../../../orchestrator/manifest/results.ts';
import { isFittedInWarehouse } from '../../../orchestrator/scoring/fit-place.ts';
import { fitKMeansInWarehouse } from '../../../orchestrator/scoring/k-means-in-warehouse.ts';
import { fitLogisticInWarehouse } from '../../../orchestrator/scoring/logistic-in-warehouse.ts';
import { type Matrix, sampleRows, takeRows } from '../../../orchestrator/scoring/matrix.ts';
import { spreadRows } from '../../../orchestrator/scoring/spread.ts';
import type { Transform } from '../../../orchestrator/scoring/transform.ts';
import { renderSpread } from '../../../orchestrator/scoring/work-rows.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { answer, createJob, drive, publishScore, readRows } from './drive-score.ts';
import { drawClassification, drawClusters } from './sample-data.ts';
import { churn, clusters } from './sample-jobs.ts';
import { drawFeatures, drawTraining, loadTable } from './sample-tables.ts';

interface Warehouse {
  readonly adapter: Adapter;
  readonly session: Session;
}

let postgres: TestPostgres;
const warehouses = new Map<string, Warehouse>();

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
    const { dialect } = adapter;
    await session.execute(dialect.createSchema({ database: null, schema: 'scores' }));
    await loadTable(session, dialect, 'training', drawTraining());
    await loadTable(session, dialect, 'features', drawFeatures());
    const { x, y } = drawClassification();
    await loadMatrix({ adapter, session }, 'classification', x, y);
    await loadMatrix({ adapter, session }, 'points', drawClusters());
    warehouses.set(dialect.name, { adapter, session });
  }
});

afterAll(async () => {
  for (const { adapter } of warehouses.values()) await adapter.close();
  await postgres.stop();
});

/** Loads rows as the work table of a fit has them. */
async function loadMatrix({ adapter, session }: Warehouse, name: string, x: Matrix, y?: Float64Array): Promise<void> {
  const numbers = Array.from({ length: x.columns }, (_, j) => [`number_${j + 1}`, 'float'] as const);
  const rows = Array.from({ length: x.rows }, (_, i) => [
    i,
    ...x.values.subarray(i * x.columns, (i + 1) * x.columns),
    ...(y === undefined ? [] : [y[i] ?? null]),
  ]);
  const label = y === undefined ? [] : ([['label', 'float']] as const);
  await loadTable(session, adapter.dialect, name, { columns: [['row_index', 'bigint'], ...numbers, ...label], rows });
}

function warehouse(name: string): Warehouse {
  const found = warehouses.get(name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

/** Numbers taken as they are. */
function plain(columns: number): Transform {
  const scale = { mean: 0, deviation: 1, missing: null };
  const inputs = Array.from({ length: columns }, (_, j) => {
    return { kind: 'number', name: `x${j}`, log: false, low: null, high: null, fill: 0, ...scale } as const;
  });
  return { inputs };
}

describe.each(['duckdb', 'postgres'])('a fit in %s', (name) => {
  // Expected weights: scikit-learn 1.9.1, LogisticRegression(solver='newton-cholesky', tol=1e-12).
  it.each([
    [1, 0.6312974645659778, [1.553964341053748, -0.9076468356587495, 0.07027663994627402]],
    [0.05, 0.47467353170345006, [0.952053627666508, -0.5462605798906172, 0.050161770829023636]],
    [1e6, 0.6572396766892314, [1.6378211324149936, -0.9600011068507024, 0.07394312730523653]],
  ])(
    'finds the weights of scikit-learn for C = %f, starting from a third of the rows',
    async (c, intercept, weights) => {
      const { adapter, session } = warehouse(name);
      const { x, y } = drawClassification();
      const { sample, rows } = sampleRows(x, 80);
      const work = { table: 'scores.classification', rows: 240, dialect: adapter.dialect };
      const problem = { work, transform: plain(3), sample: { x: sample, y: takeRows(y, rows) } };
      const fit = await drive(fitLogisticInWarehouse(problem, { c, maxIter: 100, tolerance: 1e-9 }), session);
      expect(fit.converged).toBe(true);
      expect(fit.intercept).toBeCloseTo(intercept, 9);
      weights.forEach((value, j) => {
        expect(fit.coefficients[j]).toBeCloseTo(value, 9);
      });
    },
  );

  it('says after each pass how far it is', async () => {
    const { adapter, session } = warehouse(name);
    const { x, y } = drawClassification();
    const work = { table: 'scores.classification', rows: 240, dialect: adapter.dialect };
    const problem = { work, transform: plain(3), sample: { x, y } };
    const steps = fitLogisticInWarehouse(problem, { c: 1, maxIter: 100, tolerance: 1e-6 });
    const said: string[] = [];
    let next = steps.next();
    while (next.done !== true) {
      if (next.value.kind === 'progress') said.push(next.value.text);
      next = steps.next(await answer(next.value, session));
    }
    expect(said.length).toBeGreaterThan(1);
    said.forEach((text, i) => {
      expect(text).toMatch(new RegExp(`^pass ${i + 1} over 240 rows, gradient \\d\\.\\de[+-]\\d+ of 1\\.0e-6$`));
    });
  });

  // Expected figures: scikit-learn 1.9.1, KMeans(n_init=50, tol=0).
  it.each([
    [2, 300, 3975.9343443822463],
    [3, 300, 2079.337571721154],
    [4, 300, 599.5525590683492],
    [4, 100, 599.5525590683492],
    [5, 300, 533.2641093867367],
  ])('finds the inertia of scikit-learn for k = %i, starting from %i of 300 points', async (k, started, inertia) => {
    const { adapter, session } = warehouse(name);
    const { sample } = sampleRows(drawClusters(), started);
    const work = { table: 'scores.points', rows: 300, dialect: adapter.dialect };
    const options = { k, nInit: 20, maxIter: 300, tolerance: 0, seed: 42 };
    const fit = await drive(fitKMeansInWarehouse({ work, transform: plain(2), sample }, options), session);
    expect(fit.inertia).toBeCloseTo(inertia, 8);
    expect([...fit.sizes]).toEqual([...fit.sizes].sort((a, b) => b - a));
    expect(fit.sizes.reduce((sum, size) => sum + size, 0)).toBe(300);
  });

  it('fills a cluster that no point is nearest to', async () => {
    const { adapter, session } = warehouse(name);
    const points = { values: Float64Array.from([0, 0, 0, 0, 0, 5, 9]), rows: 7, columns: 1 };
    await loadMatrix({ adapter, session }, 'few_points', points);
    const work = { table: 'scores.few_points', rows: 7, dialect: adapter.dialect };
    const sample = { values: Float64Array.from([0, 0, 0]), rows: 3, columns: 1 };
    const options = { k: 3, nInit: 1, maxIter: 300, tolerance: 0, seed: 42 };
    const fit = await drive(fitKMeansInWarehouse({ work, transform: plain(1), sample }, options), session);
    expect([...fit.sizes]).toEqual([5, 1, 1]);
    expect(fit.inertia).toBe(0);
  });

  it('reads the very rows of a range that a sample here would take', async () => {
    const { session } = warehouse(name);
    const [rows = new Float64Array(0)] = await session.readNumbers(
      renderSpread('scores.points', ['row_index'], { first: 37, rows: 250, limit: 64 }),
    );
    expect([...rows]).toEqual(Array.from(spreadRows(250, 64), (row) => 37 + row));
  });

  it.each([
    ['a classifier', churn, {}],
    ['a classifier of one number', churn, { features: ['visits'], categorical_features: [] }],
    ['a classifier of one category', churn, { features: [], categorical_features: ['plan'] }],
    ['a classifier without dates', churn, { time_column: null, horizon_days: null }],
    ['clusters', clusters, {}],
    ['clusters of other rows', clusters, { training: 'training', entity_key: ['account_id'] }],
    ['clusters of logarithms', clusters, { log_features: ['visits', 'tenure_days'], params: { k: 4 } }],
  ])('gives %s the scores of a local fit', async (_title, job, changes) => {
    const tables = [];
    for (const place of ['local', 'warehouse']) {
      const config = { ...job.config, fit_in: place, ...changes };
      const training = 'training' in changes ? 'scores.training' : job.training;
      const placed = createJob({ name: job.name, sql: job.sql, training, config });
      tables.push(await publish(placed, warehouse(name)));
    }
    const [local = [], remote = []] = tables;
    expect(remote.length).toBe(200);
    expect(remote.filter((row) => row['status'] === 'scored').length).toBeGreaterThan(150);
    expectSameRows(remote, local);
  });

  it.each(['local', 'warehouse'])('counts figures too large to be measured as missing: %s', async (place) => {
    const { adapter, session } = warehouse(name);
    const { columns, rows } = drawFeatures();
    const extremes = [1e308, -1e308, 1e200, -1e150, 1e-200, 1e-308];
    const extreme = rows.map(([id = null, visits = null, tenure = null, ...rest], i) => {
      return [id, visits, extremes[i] ?? tenure, ...rest];
    });
    await session.execute('drop table if exists scores.extreme_features');
    await loadTable(session, adapter.dialect, 'extreme_features', { columns, rows: extreme });
    for (const job of [churn, clusters]) {
      const config = { ...job.config, fit_in: place };
      const sql = 'select * from scores.extreme_features';
      const published = await publish(createJob({ ...job, sql, config }), warehouse(name));
      const figure = job === churn ? 'probability' : 'centroid_distance';
      const eligible = published.filter((row) => row['status'] === 'scored');
      expect(eligible.length).toBe(job === churn ? 180 : 200);
      expect(eligible.every((row) => Number.isFinite(row[figure]))).toBe(true);
    }
  });

  it('leaves no table behind', async () => {
    const { adapter, session } = warehouse(name);
    await publish(createJob({ ...clusters, config: { ...clusters.config, fit_in: 'warehouse' } }), {
      adapter,
      session,
    });
    const sql = "select table_name from information_schema.tables where table_name like '%\\_fit%' escape '\\'";
    expect(await readRows(session, sql)).toEqual([]);
  });
});

it('happens in the warehouse where it is asked to, and by itself where the rows are many', () => {
  const places = ['local', 'warehouse', 'auto'].map((place) => {
    const { config } = createJob({ ...churn, config: { ...churn.config, fit_in: place } });
    return [10_000, 10_000_000].map((rows) => isFittedInWarehouse(config, rows));
  });
  expect(places).toEqual([
    [false, false],
    [true, true],
    [false, true],
  ]);
});

type Row = Readonly<Record<string, CellValue>>;

/** The published table in the order of its keys' characters; versions differ, since they name the settings. */
async function publish(job: typeof churn, { adapter, session }: Warehouse): Promise<readonly Row[]> {
  await publishScore(job, session, adapter.dialect);
  const rows = await readRows(session, `select * from scores.${job.name}`);
  return rows
    .map(({ model_version: _version, ...row }): Row => row)
    .sort((a, b) => (String(a['account_id']) < String(b['account_id']) ? -1 : 1));
}

function expectSameRows(actual: readonly Row[], expected: readonly Row[]): void {
  actual.forEach((row, i) => {
    for (const [column, value] of Object.entries(row)) {
      const other = expected[i]?.[column];
      if (typeof value === 'number' && typeof other === 'number') {
        expect(Math.abs(value - other), column).toBeLessThanOrEqual(1e-9 * Math.max(Math.abs(other), 1));
      } else {
        expect(value, column).toEqual(other);
      }
    }
  });
}
