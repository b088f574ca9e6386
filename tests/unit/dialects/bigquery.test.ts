import { describe, expect, test } from 'vitest';
import { bigQueryDialect as dialect } from '../../../orchestrator/dialects/bigquery.ts';
import { modelNode } from '../../support/render.ts';

const orders = { database: 'my-project', schema: 'shop', identifier: 'orders' };

describe('names and literals', () => {
  test('a relation is written in backticks part by part', () => {
    expect(dialect.renderRelation(orders)).toBe('`my-project`.`shop`.`orders`');
    expect(dialect.renderRelation({ database: null, schema: '', identifier: 'a `b` \\' })).toBe('`a \\`b\\` \\\\`');
  });

  test('a name in backticks is read back, escapes included', () => {
    const written = ['`id`', dialect.quote('a `b` \\'), 'id', '`a`.`b`', '"id"'];
    expect(written.map(dialect.unquote)).toEqual(['id', 'a `b` \\', null, null, null]);
  });

  test('new rows wait in the schema of their table', () => {
    expect(dialect.temporaryRelation('orders__new', orders)).toEqual({ ...orders, identifier: 'orders__new' });
  });

  test('literals keep their type, and texts their backslashes and lines', () => {
    const values = [null, true, 7, -0.5, 9007199254740993n, "it's\na \\", Number.NaN, Number.NEGATIVE_INFINITY];
    expect(values.map(dialect.renderLiteral)).toEqual([
      'null',
      'true',
      '7',
      '-0.5',
      '9007199254740993',
      "'it\\'s\\na \\\\'",
      "cast('NaN' as float64)",
      "cast('-Infinity' as float64)",
    ]);
  });

  test('logical types have a name each', () => {
    const types = ['boolean', 'integer', 'bigint', 'float', 'numeric', 'string', 'date', 'timestamp', 'json'] as const;
    expect(types.map(dialect.typeName).join(' ')).toBe(
      'bool int64 int64 float64 numeric(28,6) string date timestamp json',
    );
  });
});

describe('types', () => {
  test.each([
    ['int64', 'INTEGER'],
    ['bigint', 'smallint'],
    ['double precision', 'FLOAT64'],
    ['varchar', 'STRING'],
    ['numeric(18, 2)', 'NUMERIC'],
    ['boolean', 'BOOL'],
    ['timestamp', 'TIMESTAMP'],
  ])('%s and %s are one type', (a, b) => {
    expect(dialect.isSameType(a, b)).toBe(true);
  });

  test.each([
    ['timestamp', 'datetime'],
    ['numeric', 'bignumeric'],
    ['numeric(18,2)', 'numeric(18,4)'],
    ['int64', 'float64'],
  ])('%s and %s are two', (a, b) => {
    expect(dialect.isSameType(a, b)).toBe(false);
  });

  test.each([
    ['int64', 'numeric', true],
    ['numeric', 'bignumeric', true],
    ['numeric(10,2)', 'numeric(12,2)', true],
    ['string(10)', 'string(20)', true],
    ['string(20)', 'string(10)', false],
    ['numeric', 'int64', false],
    ['date', 'timestamp', false],
    ['string', 'int64', false],
  ])('whether a column of %s becomes %s without loss: %s', (from, to, expected) => {
    expect(dialect.canWiden(from, to)).toBe(expected);
  });
});

describe('settings', () => {
  test.each([
    [{ partition_by: 'day' }, 'config partition_by must be a mapping with a field.'],
    [{ partition_by: { data_type: 'date' } }, 'config partition_by needs a field.'],
    [
      { partition_by: { field: 'day', grain: 'day' } },
      /^orders: config partition_by has the unknown key grain; known are/,
    ],
    [
      { partition_by: { field: 'day', data_type: 'text' } },
      'config partition_by.data_type must be one of date, timestamp, datetime, int64.',
    ],
    [
      { partition_by: { field: 'day', granularity: 'hour' } },
      'config partition_by.granularity cannot be hour for a date.',
    ],
    [
      { partition_by: { field: 'id', data_type: 'int64' } },
      'config partition_by.range needs whole numbers start, end and interval.',
    ],
    [{ cluster_by: ['a', 'b', 'c', 'd', 'e'] }, 'config cluster_by takes four columns at most.'],
    [{ labels: { Team: 'data' } }, /^orders: config labels takes up to 63 lower-case letters.*Team: data does not/],
    [{ hours_to_expiration: 0 }, 'config hours_to_expiration must be a number above 0.'],
    [{ hours_to_expiration: 1.5 }, 'config hours_to_expiration must be a whole number.'],
    [{ require_partition_filter: true }, 'config require_partition_filter needs partition_by.'],
    [{ incremental_strategy: 'insert_overwrite' }, 'config incremental_strategy needs partition_by.'],
    [
      { partition_by: { field: 'day', time_ingestion_partitioning: true } },
      'config partition_by by ingestion time needs an enforced contract.',
    ],
    [{ partitions: 'today' }, 'config partitions must be a list of SQL expressions.'],
  ])('%j is refused', (config, message) => {
    const check = () => dialect.checkSettings(modelNode('orders', 'select 1 as id', config));
    expect(check).toThrow(typeof message === 'string' ? `orders: ${message}` : message);
    expect(check).toThrow(expect.objectContaining({ code: 'config-invalid' }));
  });

  test('what BigQuery knows is accepted', () => {
    const config = {
      partition_by: { field: 'day', data_type: 'date', granularity: 'month' },
      cluster_by: 'id',
      labels: { team: 'data-office', größe: '' },
      require_partition_filter: true,
      partition_expiration_days: 0.5,
      incremental_strategy: 'insert_overwrite',
      partitions: ["date '2024-01-01'", 7],
    };
    expect(() => dialect.checkSettings(modelNode('orders', 'select 1 as id', config))).not.toThrow();
  });

  test('its refusal to replace a table by one with other partitions is known', () => {
    const refusal =
      'Cannot replace a table with a different partitioning spec. Instead, DROP the table, and then recreate it.';
    expect([refusal, 'Not found: Table p:d.orders'].map(dialect.isLayoutRefusal)).toEqual([true, false]);
  });
});
