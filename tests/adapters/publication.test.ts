import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Adapter } from '../../orchestrator/adapters/adapter.ts';
import { tryPermissions } from '../../orchestrator/cli/actions/try-permissions.ts';
import {
  type BigQueryEmulator,
  bigQueryMissing,
  openBigQuery,
  startBigQueryEmulator,
} from '../support/bigquery-emulator.ts';
import {
  openSnowflake,
  type SnowflakeEmulator,
  snowflakeMissing,
  startSnowflakeEmulator,
} from '../support/snowflake-emulator.ts';
import { checkPublication } from '../unit/run/support/publication.ts';
import { WatchedAdapter, watchProject } from '../unit/run/support/stepwise.ts';

let schemas = 0;

/** A schema of its own for every test. */
function nextSchema(): string {
  schemas += 1;
  return `shop_${schemas}`;
}

/** What `strata debug` tries, in a schema that is not there and in one that is. */
async function checkPermissions(adapter: Adapter, database: string): Promise<void> {
  const place = { database, schema: nextSchema() };
  await adapter.connect();
  const wanted = [{ what: `create tables in ${place.schema}` }, { what: `create views in ${place.schema}` }];
  expect(await tryPermissions(adapter, place)).toEqual([{ what: `create schema ${place.schema}` }, ...wanted]);
  const session = await adapter.openSession();
  await session.execute(adapter.dialect.createSchema(place));
  expect(await tryPermissions(adapter, place)).toEqual([{ what: `use schema ${place.schema}` }, ...wanted]);
  expect(await session.listRelations([place])).toEqual([]);
  await adapter.close();
}

describe.skipIf(bigQueryMissing !== undefined)('BigQuery, as its emulator has it', () => {
  let emulator: BigQueryEmulator;
  beforeAll(async () => {
    emulator = await startBigQueryEmulator();
  });
  afterAll(() => emulator.stop());

  checkPublication(
    'on BigQuery',
    () => {
      const schema = nextSchema();
      const adapter = new WatchedAdapter(openBigQuery(emulator, schema));
      return watchProject(adapter, { database: emulator.project, schema });
    },
    'slow',
  );

  it('shows what may be done there, and leaves nothing behind', () =>
    checkPermissions(openBigQuery(emulator, nextSchema()), emulator.project));
});

describe.skipIf(snowflakeMissing !== undefined)('Snowflake, as its emulator has it', () => {
  let emulator: SnowflakeEmulator;
  beforeAll(async () => {
    emulator = await startSnowflakeEmulator();
  });
  afterAll(() => emulator.stop());

  checkPublication(
    'on Snowflake',
    () => {
      const schema = nextSchema();
      const adapter = new WatchedAdapter(openSnowflake(emulator, schema));
      return watchProject(adapter, { database: emulator.database, schema });
    },
    'slow',
  );

  it('shows what may be done there, and leaves nothing behind', () =>
    checkPermissions(openSnowflake(emulator, nextSchema()), emulator.database));
});
