import { bigQueryMissing, startBigQueryEmulator } from '../../support/bigquery-emulator.ts';
import { snowflakeMissing, startSnowflakeEmulator } from '../../support/snowflake-emulator.ts';
import { Warehouse } from '../../support/warehouse.ts';

/** A warehouse that an emulator plays. */
export interface Emulated {
  readonly name: string;
  /** Why it cannot be started here. */
  readonly missing: string | undefined;
  readonly start: () => Promise<{ readonly warehouse: Warehouse; readonly stop: () => Promise<void> }>;
}

export const bigQuery: Emulated = {
  name: 'BigQuery, as bqemulator plays it',
  missing: bigQueryMissing,
  start: async () => {
    const emulator = await startBigQueryEmulator();
    return { warehouse: Warehouse.bigQuery(emulator), stop: emulator.stop };
  },
};

export const snowflake: Emulated = {
  name: 'Snowflake, as fakesnow plays it',
  missing: snowflakeMissing,
  start: async () => {
    const emulator = await startSnowflakeEmulator();
    return { warehouse: Warehouse.snowflake(emulator), stop: emulator.stop };
  },
};
