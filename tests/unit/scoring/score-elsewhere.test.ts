import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Adapter, Session } from '../../../orchestrator/adapters/adapter.ts';
import { DuckDbAdapter } from '../../../orchestrator/adapters/duckdb.ts';
import type { CellValue } from '../../../orchestrator/manifest/results.ts';
import { bigQueryMissing, openBigQuery, startBigQueryEmulator } from '../../support/bigquery-emulator.ts';
import { openSnowflake, snowflakeMissing, startSnowflakeEmulator } from '../../support/snowflake-emulator.ts';
import { createJob, publishScore, readRows } from './drive-score.ts';
import { churn, clusters } from './sample-jobs.ts';
import { drawFeatures, drawTraining, loadTable } from './sample-tables.ts';

interface Warehouse {
  readonly adapter: Adapter;
  readonly session: Session;
  readonly stop: () => Promise<void>;
}

async function open(adapter: Adapter, stop: () => Promise<void> = async () => undefined): Promise<Warehouse> {
  await adapter.connect();
  const session = await adapter.openSession();
  await session.execute(adapter.dialect.createSchema({ database: null, schema: 'scores' }));
  await loadTable(session, adapter.dialect, 'training', drawTraining());
  await loadTable(session, adapter.dialect, 'features', drawFeatures());
  return { adapter, session, stop };
}

const emulators = [
  {
    name: 'BigQuery',
    missing: bigQueryMissing,
    start: async () => {
      const emulator = await startBigQueryEmulator();
      return open(openBigQuery(emulator, 'scores'), emulator.stop);
    },
  },
  {
    name: 'Snowflake',
    missing: snowflakeMissing,
    start: async () => {
      const emulator = await startSnowflakeEmulator();
      return open(openSnowflake(emulator, 'scores'), emulator.stop);
    },
  },
];

const jobs = [
  ['a classifier', churn, { fit_in: 'local' }],
  ['a classifier', churn, { fit_in: 'warehouse' }],
  ['a classifier without dates', churn, { fit_in: 'warehouse', time_column: null, horizon_days: null }],
  ['clusters', clusters, { fit_in: 'local' }],
  ['clusters', clusters, { fit_in: 'warehouse', params: { k: 4 } }],
  ['clusters of logarithms', clusters, { fit_in: 'warehouse', log_features: ['visits'], params: { k: 3 } }],
] as const;

describe.each(emulators)('scores on $name', ({ missing, start }) => {
  let here: Warehouse;
  let there: Warehouse;

  beforeAll(async () => {
    if (missing !== undefined) return;
    here = await open(new DuckDbAdapter({ type: 'duckdb', path: ':memory:' }));
    there = await start();
  }, 120_000);

  afterAll(async () => {
    for (const warehouse of missing === undefined ? [here, there] : []) {
      await warehouse.adapter.close();
      await warehouse.stop();
    }
  });

  it.skipIf(missing !== undefined).each(jobs)('of %s are those of DuckDB: %#', async (_title, job, changes) => {
    const placed = createJob({ ...job, config: { ...job.config, ...changes } });
    const expected = await publish(placed, here);
    expect(expected.length).toBe(200);
    expect(round(await publish(placed, there))).toEqual(round(expected));
  });
});

type Row = Readonly<Record<string, CellValue>>;

/** The published table in the order of its keys' characters. */
async function publish(job: typeof churn, { adapter, session }: Warehouse): Promise<readonly Row[]> {
  await publishScore(job, session, adapter.dialect);
  const rows = await readRows(session, `select * from scores.${job.name}`);
  return rows
    .map((row): Row => Object.fromEntries(Object.entries(row).map(([name, value]) => [name.toLowerCase(), value])))
    .sort((a, b) => (String(a['account_id']) < String(b['account_id']) ? -1 : 1));
}

/** To nine digits. */
function round(rows: readonly Row[]): readonly Row[] {
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        typeof value === 'number' ? Number(value.toFixed(9)) + 0 : value,
      ]),
    ),
  );
}
