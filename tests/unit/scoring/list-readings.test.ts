import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../../orchestrator/adapters/adapter.ts';
import { DuckDbAdapter } from '../../../orchestrator/adapters/duckdb.ts';
import { listReadings } from '../../../orchestrator/scoring/list-readings.ts';
import { createRegistry } from '../../../orchestrator/scoring/registry.ts';
import { score } from '../../../orchestrator/scoring/score.ts';
import type { ScoreJob } from '../../../orchestrator/scoring/step.ts';
import { answer, createJob, drive, registry } from './drive-score.ts';
import { churn, clusters } from './sample-jobs.ts';
import { drawFeatures, drawTraining, loadTable } from './sample-tables.ts';

describe('what a fit would read', () => {
  const adapter = new DuckDbAdapter({ type: 'duckdb', path: ':memory:' });
  const { dialect } = adapter;
  let session: Session;

  beforeAll(async () => {
    await adapter.connect();
    session = await adapter.openSession();
    await session.execute(dialect.createSchema({ database: null, schema: 'scores' }));
    await session.execute(createRegistry(dialect, registry));
    await loadTable(session, dialect, 'training', drawTraining());
    await loadTable(session, dialect, 'features', drawFeatures());
  });

  afterAll(() => adapter.close());

  /** The queries of a fit as it runs, but for those of the registry. */
  async function listRun(job: ScoreJob): Promise<readonly string[]> {
    const ran: string[] = [];
    const steps = score(job, dialect);
    let next = steps.next();
    while (next.done !== true) {
      const step = next.value;
      if (step.kind === 'query' || step.kind === 'read-numbers') ran.push(step.sql);
      next = steps.next(await answer(step, session));
    }
    return ran.filter((sql) => !sql.includes('strata_models'));
  }

  it.each([
    ['a classifier', churn],
    ['clusters', clusters],
    ['clusters of other rows', { ...clusters, training: 'scores.features' }],
  ])('is what %s then reads, but for values that only a run knows', async (_, job) => {
    const { queries } = await drive(listReadings(job, dialect), session);
    expect(queries.map(withoutValues)).toEqual((await listRun(job)).map(withoutValues));
  });

  it.each([
    ['local', null],
    ['warehouse', 'the passes of its fit over a copy of the inputs'],
    ['auto', 'the passes of its fit over a copy of the inputs, made above 500000 rows'],
  ])('leaves out where fit_in is %s: %s', async (place, omitted) => {
    const job = createJob({ ...clusters, config: { ...clusters.config, fit_in: place } });
    expect(await drive(listReadings(job, dialect), session)).toMatchObject({ omitted });
  });
});

/** Levels of categories, and the day that parts training from validation. */
function withoutValues(sql: string): string {
  return sql.replace(/ when '.*? else -1/g, ' when … else -1').replace(/(from training_rows)\nwhere .*/g, '$1');
}
