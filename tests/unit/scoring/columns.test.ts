import { expect, test } from 'vitest';
import type { Dialect } from '../../../orchestrator/dialects/dialect.ts';
import { duckDbDialect } from '../../../orchestrator/dialects/duckdb.ts';
import { postgresDialect } from '../../../orchestrator/dialects/postgres.ts';
import { snowflakeDialect } from '../../../orchestrator/dialects/snowflake.ts';
import { ColumnFinder } from '../../../orchestrator/scoring/columns.ts';

function find(wanted: string, present: string, dialect: Dialect): string {
  const place = { file: 'models/scores.sql' };
  return new ColumnFinder([{ name: present, type: 'float' }], 'the rows to score', place, dialect).find(wanted).name;
}

test('a feature has the name that its config gives it where the warehouse takes that for the same column', () => {
  expect(find('active_days', 'ACTIVE_DAYS', snowflakeDialect)).toBe('active_days');
  expect(find('ActiveDays', 'ACTIVEDAYS', snowflakeDialect)).toBe('ACTIVEDAYS');
  expect(find('ActiveDays', 'activedays', postgresDialect)).toBe('activedays');
  expect(find('active_days', 'active_days', duckDbDialect)).toBe('active_days');
});
