import { describe, expect, test } from 'vitest';
import { snowflakeDialect as dialect } from '../../../orchestrator/dialects/snowflake.ts';

describe('types', () => {
  test.each([
    ['integer', 'NUMBER(18,0)', true],
    ['bigint', 'number(38, 0)', true],
    ['number(18,0)', 'number(38,0)', false],
    ['integer', 'number(18,2)', false],
    ['numeric(18,2)', 'NUMBER(18,2)', true],
    ['numeric', 'number(18,2)', true],
    ['double precision', 'FLOAT', true],
    ['string', 'varchar(16777216)', true],
    ['varchar(10)', 'varchar(20)', false],
    ['timestamp', 'TIMESTAMP_NTZ', true],
    ['timestamp', 'timestamp_tz', false],
    ['variant', 'object', false],
  ])('%s and %s name one type: %s', (a, b, same) => {
    expect(dialect.isSameType(a, b)).toBe(same);
    expect(dialect.isSameType(b, a)).toBe(same);
  });

  test.each([
    ['varchar(10)', 'varchar(20)', true],
    ['varchar(10)', 'varchar', true],
    ['varchar(20)', 'varchar(10)', false],
    ['number(10,0)', 'number(38,0)', true],
    ['number(10,2)', 'number(12,2)', true],
    ['number(10,2)', 'number(14,4)', false],
    ['number(10,0)', 'float', false],
    ['date', 'timestamp_ntz', false],
  ])('a column of %s can be altered to %s: %s', (from, to, can) => {
    expect(dialect.canWiden(from, to)).toBe(can);
  });
});
