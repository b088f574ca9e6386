import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Adapter, Session } from '../../../orchestrator/adapters/adapter.ts';
import { DuckDbAdapter } from '../../../orchestrator/adapters/duckdb.ts';
import { PostgresAdapter } from '../../../orchestrator/adapters/postgres.ts';
import { readRanks } from '../../../orchestrator/scoring/order-statistics.ts';
import { createRandom } from '../../../orchestrator/scoring/random.ts';
import { fitTransform, type InputColumn, type TransformOptions } from '../../../orchestrator/scoring/transform.ts';
import { fitTransformInWarehouse } from '../../../orchestrator/scoring/transform-in-warehouse.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { drive } from './drive-score.ts';
import { loadTable } from './sample-tables.ts';

const rows = 3000;
const random = createRandom(9);
const draw = (value: (u: number, row: number) => number) =>
  Float64Array.from({ length: rows }, (_, i) => value(random(), i));

/** Shapes that quantiles and scales stumble over. */
const inputs: readonly InputColumn[] = [
  { kind: 'number', name: 'uniform', values: draw((u) => u * 7 - 3) },
  { kind: 'number', name: 'skewed', values: draw((u) => (u < 0.2 ? Number.NaN : u ** -3)) },
  { kind: 'number', name: 'mostly_zero', values: draw((u) => (u < 0.97 ? 0 : u)) },
  { kind: 'number', name: 'few_values', values: draw((u) => Math.floor(u * 3)) },
  { kind: 'number', name: 'rarely_known', values: draw((u, row) => (row % 1000 === 0 ? u : Number.NaN)) },
  { kind: 'number', name: 'known_once', values: draw((_, row) => (row === 7 ? 3 : Number.NaN)) },
  { kind: 'number', name: 'never_known', values: draw(() => Number.NaN) },
  { kind: 'number', name: 'constant', values: draw(() => 0.1) },
  { kind: 'category', name: 'plan', levels: ['a', 'b', 'c'], values: draw((u) => Math.floor(u * 3)) },
];

let postgres: TestPostgres;
const warehouses = new Map<string, { readonly adapter: Adapter; readonly session: Session }>();

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
    const numbers = Array.from({ length: 8 }, (_, j) => [`number_${j + 1}`, 'float'] as const);
    await loadTable(session, adapter.dialect, 'inputs', {
      columns: [['row_index', 'bigint'], ...numbers, ['category_1', 'integer']],
      rows: Array.from({ length: rows }, (_, i) => [
        i,
        ...inputs.map(({ values }) => (Number.isNaN(values[i]) ? null : (values[i] ?? null))),
      ]),
    });
    warehouses.set(adapter.dialect.name, { adapter, session });
  }
});

afterAll(async () => {
  for (const { adapter } of warehouses.values()) await adapter.close();
  await postgres.stop();
});

function warehouse(name: string) {
  const found = warehouses.get(name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

/** Every n-th row, as a sample has them. */
function sample(step: number): readonly InputColumn[] {
  return inputs.map((input) => ({ ...input, values: input.values.filter((_, i) => i % step === 0) }));
}

describe.each(['duckdb', 'postgres'])('a transform fitted in %s', (name) => {
  const classifier: TransformOptions = { log: [], winsorise: null, flagMissing: true };
  const clusters: TransformOptions = { log: 'auto', winsorise: [0.01, 0.99], flagMissing: false };
  const logged: TransformOptions = { log: ['uniform', 'skewed'], winsorise: [0.05, 0.5], flagMissing: true };

  it.each([
    ['a classifier', classifier, 1],
    ['a classifier, from one row in 30', classifier, 30],
    ['clusters', clusters, 1],
    ['clusters, from one row in 30', clusters, 30],
    ['clusters, from two rows', clusters, 2999],
    ['chosen logarithms', logged, 30],
  ])('is the one fitted here, for %s', async (_title, options, step) => {
    const { adapter, session } = warehouse(name);
    const work = { table: 'scores.inputs', rows, dialect: adapter.dialect };
    const fitted = await drive(fitTransformInWarehouse(work, sample(step), options), session);
    const expected = fitTransform(inputs, options);
    expect(round(fitted)).toEqual(round(expected));
  });

  it('finds a rank also where the sample misleads', async () => {
    const { adapter, session } = warehouse(name);
    const work = { table: 'scores.inputs', rows, dialect: adapter.dialect };
    const misleading = Float64Array.from({ length: 500 }, (_, i) => 1e6 + i);
    const request = { column: 'number_1', rank: 1499, known: rows, sample: misleading };
    const [pair] = await drive(readRanks(work, [request]), session);
    const sorted = (inputs[0]?.values ?? new Float64Array(0)).toSorted();
    expect(pair).toEqual([sorted[1499], sorted[1500]]);
  });
});

/** To ten digits. */
function round(value: object): unknown {
  return JSON.parse(JSON.stringify(value), (_key, part) =>
    typeof part === 'number' ? Number(part.toPrecision(10)) : part,
  );
}
