import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Adapter, Session } from '../../orchestrator/adapters/adapter.ts';
import { DuckDbAdapter } from '../../orchestrator/adapters/duckdb.ts';
import type { CellValue } from '../../orchestrator/manifest/results.ts';
import { createRegistry } from '../../orchestrator/scoring/registry.ts';
import { score } from '../../orchestrator/scoring/score.ts';
import type { ScoreJob } from '../../orchestrator/scoring/step.ts';
import { openSnowflake, type SnowflakeEmulator, startSnowflakeEmulator } from '../support/snowflake-emulator.ts';
import { drive, placeWorkTable, registry } from '../unit/scoring/drive-score.ts';
import { churn, clusters } from '../unit/scoring/sample-jobs.ts';
import { drawFeatures, drawTraining, loadTable } from '../unit/scoring/sample-tables.ts';
import { listProblems, type ReadableStatement, readerMissing, readSnowflake } from './snowflake-reader.ts';

describe.skipIf(readerMissing !== undefined)('scores on Snowflake', () => {
  let emulator: SnowflakeEmulator;
  let snowflake: Scorer;
  let duckDb: Scorer;

  beforeAll(async () => {
    emulator = await startSnowflakeEmulator();
    snowflake = await openScorer(openSnowflake(emulator, 'scores'));
    duckDb = await openScorer(new DuckDbAdapter({ type: 'duckdb', path: ':memory:' }));
  });

  afterAll(async () => {
    await snowflake.adapter.close();
    await duckDb.adapter.close();
    await emulator.stop();
  });

  test.each([
    ['logistic regression fitted here', churn, 'local'],
    ['logistic regression fitted in the warehouse', churn, 'warehouse'],
    ['clusters fitted here', clusters, 'local'],
    ['clusters fitted in the warehouse', clusters, 'warehouse'],
  ] as const)('%s gives the scores it gives on DuckDB', async (_, job, place) => {
    const fitted: ScoreJob = { ...job, config: { ...job.config, fit_in: place } };
    const [found, expected] = [await scoreRows(fitted, snowflake), await scoreRows(fitted, duckDb)];
    expect(found.length).toBe(200);
    expect(found).toEqual(expected);
  });

  test('all that scoring asked parses, and every name in it is known', async () => {
    const named = (name: string, columns: readonly (readonly [string, string])[]): ReadableStatement => ({
      ...{ name, sql: '', relation: { database: null, schema: 'scores', identifier: name } },
      columns: columns.map(([column]) => column),
    });
    const tables = [named('training', drawTraining().columns), named('features', drawFeatures().columns)];
    const asked = snowflake.asked.map((sql, index) => ({ name: `statement ${index + 1}`, sql }));
    expect(listProblems(await readSnowflake([...tables, ...asked]))).toEqual([]);
    expect(asked.length).toBeGreaterThan(50);
  });
});

/** A warehouse to score in, and all it was asked. */
interface Scorer {
  readonly adapter: Adapter;
  readonly session: Session;
  readonly asked: string[];
}

async function openScorer(adapter: Adapter): Promise<Scorer> {
  await adapter.connect();
  const session = await adapter.openSession();
  const { dialect } = adapter;
  await session.execute(dialect.createSchema({ database: null, schema: 'scores' }));
  await loadTable(session, dialect, 'training', drawTraining());
  await loadTable(session, dialect, 'features', drawFeatures());
  const asked: string[] = [];
  const scorer = { adapter, session: listen(session, asked), asked };
  await scorer.session.execute(createRegistry(dialect, registry));
  return scorer;
}

/** The session with each statement of scoring kept. */
function listen(session: Session, asked: string[]): Session {
  const keep = <Result>(ask: (sql: string) => Promise<Result>) => {
    return (sql: string): Promise<Result> => {
      asked.push(sql);
      return ask(sql);
    };
  };
  return Object.assign(Object.create(session), {
    execute: keep((sql) => session.execute(sql)),
    query: keep((sql) => session.query(sql)),
    readNumbers: keep((sql) => session.readNumbers(sql)),
    describeQuery: keep((sql) => session.describeQuery(sql)),
  });
}

/** The scores by account, figures to nine digits: warehouses sum in orders of their own. */
async function scoreRows(job: ScoreJob, { adapter, session }: Scorer): Promise<readonly (readonly CellValue[])[]> {
  const { dialect } = adapter;
  const outcome = await drive(score({ ...job, workTable: placeWorkTable(job, dialect) }, dialect), session);
  for (const statement of outcome.statements) await session.execute(statement);
  const { rows } = await session.query(outcome.sql);
  const rounded = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? Number(cell.toPrecision(9)) : cell)));
  return rounded.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}
