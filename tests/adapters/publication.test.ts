import { afterAll, beforeAll, describe } from 'vitest';
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

describe.skipIf(bigQueryMissing !== undefined)('BigQuery, as its emulator has it', () => {
  let emulator: BigQueryEmulator;
  beforeAll(async () => {
    emulator = await startBigQueryEmulator();
  });
  afterAll(() => emulator.stop());

  checkPublication('on BigQuery', () => {
    const schema = nextSchema();
    const adapter = new WatchedAdapter(openBigQuery(emulator, schema));
    return watchProject(adapter, { database: emulator.project, schema });
  });
});

describe.skipIf(snowflakeMissing !== undefined)('Snowflake, as its emulator has it', () => {
  let emulator: SnowflakeEmulator;
  beforeAll(async () => {
    emulator = await startSnowflakeEmulator();
  });
  afterAll(() => emulator.stop());

  checkPublication('on Snowflake', () => {
    const schema = nextSchema();
    const adapter = new WatchedAdapter(openSnowflake(emulator, schema));
    return watchProject(adapter, { database: emulator.database, schema });
  });
});
