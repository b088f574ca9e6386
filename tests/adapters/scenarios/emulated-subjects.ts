import { bigQueryMissing, bigQueryOutput, startBigQueryEmulator } from '../../support/bigquery-emulator.ts';
import { snowflakeMissing, snowflakeOutput, startSnowflakeEmulator } from '../../support/snowflake-emulator.ts';
import type { Subject } from './subjects.ts';
import { bigQueryLimits, snowflakeLimits } from './unsupported.ts';

/** The emulator; what it lacks is told apart from what BigQuery lacks. */
export const bigQuery: Subject = {
  title: 'BigQuery',
  verifiedBy: 'on bqemulator 1.4.0; SQL analysed by ZetaSQL (zetasql 0.1.5)',
  missing: bigQueryMissing,
  start: async () => {
    const emulator = await startBigQueryEmulator();
    return { outputFor: (schema) => bigQueryOutput(emulator, schema), stop: emulator.stop };
  },
  unsupported: bigQueryLimits,
};

/** The emulator; what it lacks is told apart from what Snowflake lacks. */
export const snowflake: Subject = {
  title: 'Snowflake',
  verifiedBy: 'on fakesnow 0.12.1; SQL parsed by sqlglot 30.22.0',
  missing: snowflakeMissing,
  start: async () => {
    const emulator = await startSnowflakeEmulator();
    return { outputFor: (schema) => snowflakeOutput(emulator, schema), stop: emulator.stop };
  },
  unsupported: snowflakeLimits,
};
