import { describe, expect, test } from 'vitest';
import { duckDbDialect } from '../../../orchestrator/dialects/duckdb.ts';
import { postgresDialect } from '../../../orchestrator/dialects/postgres.ts';

describe('the same type under two spellings', () => {
  test.each([
    ['int4', 'INTEGER', true],
    ['numeric(18,2)', 'DECIMAL(18, 2)', true],
    ['numeric(18,2)', 'DECIMAL(18,3)', false],
    ['numeric', 'DECIMAL(18,2)', true],
    ['text', 'VARCHAR', true],
    ['varchar(20)', 'VARCHAR', true],
    ['double precision', 'DOUBLE', true],
    ['float', 'DOUBLE', false],
    ['bigint', 'INTEGER', false],
    ['timestamp with time zone', 'TIMESTAMPTZ', true],
    ['INTEGER[]', 'INTEGER', false],
    ['STRUCT(a INTEGER)', 'struct(a integer)', true],
  ])('duckdb: %s and %s: %s', (a, b, expected) => {
    expect(duckDbDialect.isSameType(a, b)).toBe(expected);
  });

  test.each([
    ['int8', 'bigint', true],
    ['varchar', 'text', true],
    ['varchar(20)', 'character varying(20)', true],
    ['varchar(20)', 'character varying(10)', false],
    ['timestamp', 'timestamp without time zone', true],
    ['timestamp(3)', 'timestamp(3) without time zone', true],
    ['timestamptz', 'timestamp without time zone', false],
    ['float', 'double precision', true],
    ['real', 'double precision', false],
    ['numeric(10)', 'numeric(10,0)', true],
    ['char(3)', 'character(3)', true],
  ])('postgres: %s and %s: %s', (a, b, expected) => {
    expect(postgresDialect.isSameType(a, b)).toBe(expected);
  });
});

describe('widening', () => {
  test.each([
    ['integer', 'bigint', true],
    ['bigint', 'integer', false],
    ['integer', 'integer', false],
    ['integer', 'double', true],
    ['bigint', 'double', false],
    ['integer', 'decimal(12,2)', true],
    ['integer', 'decimal(11,2)', false],
    ['decimal(10,2)', 'decimal(12,2)', true],
    ['decimal(10,2)', 'decimal(11,3)', true],
    ['decimal(10,2)', 'decimal(12,0)', false],
    ['float', 'double', true],
    ['date', 'timestamp', true],
    ['varchar', 'integer', false],
  ])('duckdb: %s to %s: %s', (from, to, expected) => {
    expect(duckDbDialect.canWiden(from, to)).toBe(expected);
  });

  test.each([
    ['character varying(10)', 'character varying(20)', true],
    ['character varying(20)', 'character varying(10)', false],
    ['character varying(20)', 'text', true],
    ['text', 'character varying(20)', false],
    ['numeric(18,2)', 'numeric', true],
    ['bigint', 'numeric', true],
    ['smallint', 'double precision', true],
    ['timestamp', 'date', false],
  ])('postgres: %s to %s: %s', (from, to, expected) => {
    expect(postgresDialect.canWiden(from, to)).toBe(expected);
  });
});
