import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ResultTable } from '../../../orchestrator/manifest/results.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { compareTables } from '../../support/same-rows.ts';
import { Warehouse } from '../../support/warehouse.ts';
import { forgetAfter, insertCanaries } from './canary-rows.ts';

const day = '2025-07-01';
const laterDay = '2025-10-01';
// Two kinds of cohort out of five: the others are made in the same way and take most of the time.
const cohort_kinds = ['first_ever', 'recurring'].map((type) => ({ type, grain: 'month', clock: 'calendar' }));
const withoutSeeds = ['--exclude-resource-type', 'seed'];

let server: TestPostgres;

beforeAll(async () => {
  server = await startPostgres();
});

afterAll(() => server.stop());

describe.each(['duckdb', 'postgres'] as const)('a past day on %s', (name) => {
  let warehouse: Warehouse;
  let published: ReadonlyMap<string, ResultTable>;

  beforeAll(async () => {
    warehouse = name === 'duckdb' ? Warehouse.duckDb() : Warehouse.postgres(server);
    await warehouse.build({ as_of_date: day, cohort_kinds });
    published = await warehouse.readTables(warehouse.models);
  });

  afterAll(() => warehouse.remove());

  it('has no row dated or landed on it or later', async () => {
    const rows = await warehouse.rows(`
      select max(event_at) < timestamp '${day} 00:00:00', max(_loaded_at) <= timestamp '${day} 00:00:00'
      from stg_product__events`);
    expect(rows).toEqual([[true, true]]);
    expect(published.get('fct_account_features')?.rows.length).toBeGreaterThan(4000);
  });

  it('is rebuilt row for row when what landed since is other data', async () => {
    await warehouse.execute(forgetAfter(day));
    await warehouse.execute(insertCanaries(day));
    await warehouse.build({ as_of_date: day, cohort_kinds }, ...withoutSeeds, '--threads', '1');
    expect(compareTables(published, await warehouse.readTables(warehouse.models))).toEqual({});
  });

  it('keeps its features in the history that a later day publishes', async () => {
    await warehouse.build({ as_of_date: laterDay, cohort_kinds }, ...withoutSeeds, '--select', '+fct_account_features');
    const later = await warehouse.query(`select * from fct_account_features where as_of_date <= date '${day}'`);
    const then = published.get('fct_account_features') ?? { columns: [], rows: [] };
    expect(compareTables(new Map([['features', then]]), new Map([['features', later]]))).toEqual({});
    const changed = await warehouse.rows(
      `select count(*) > 0 from fct_account_features where as_of_date > date '${day}' and industry = 'changed'`,
    );
    expect(changed).toEqual([[true]]);
  });
});
