import { describe, expect, it } from 'vitest';
import { inferSeedType, readSeedValue } from '../../../orchestrator/run/seed-types.ts';

// Types and values as agate gives them with the type tester of dbt-core 1.11 (dbt_common.clients.agate_helper), but for
// integers beyond 32 bits, which dbt calls integer and the warehouse then refuses, and timestamps with an offset, which
// are moved to UTC.
const inferred: readonly (readonly [string, readonly string[], string, readonly unknown[]])[] = [
  ['whole numbers', ['1', '2', '-3', ''], 'integer', [1, 2, -3, null]],
  ['leading zeros', ['001', '010'], 'integer', [1, 10]],
  ['more than 32 bits', ['2147483648', '1'], 'bigint', [2147483648, 1]],
  ['more than 53 bits', ['9007199254740993'], 'bigint', [9007199254740993n]],
  ['fractions', ['1.5', '2'], 'float', [1.5, 2]],
  ['fractions of zero', ['1.0', '2.00'], 'integer', [1, 2]],
  ['the word null', ['null', '1', 'NULL'], 'integer', [null, 1, null]],
  ['nothing at all', ['', 'null', ' '], 'integer', [null, null, null]],
  ['grouped numbers', ['1,234', '5'], 'integer', [1234, 5]],
  ['money', ['$5', '-$6', '€7'], 'integer', [5, -6, 7]],
  ['percents', ['5%', '6'], 'integer', [5, 6]],
  ['exponents', ['1e3', '2'], 'integer', [1000, 2]],
  ['underscores', ['1_000', '2'], 'integer', [1000, 2]],
  ['spaces around', [' 1 ', '2'], 'integer', [1, 2]],
  ['a sign', ['+5', '6'], 'integer', [5, 6]],
  ['bare points', ['.5', '5.'], 'float', [0.5, 5]],
  ['hexadecimals', ['0x1', '2'], 'string', ['0x1', '2']],
  ['a lone minus', ['-', '1'], 'string', ['-', '1']],
  ['a lone currency sign', ['$', '1'], 'string', ['$', '1']],
  ['dates', ['2024-01-01', '2024-1-2'], 'date', ['2024-01-01', '2024-01-02']],
  ['leap days', ['2024-02-29', '2000-02-29'], 'date', ['2024-02-29', '2000-02-29']],
  ['days that are none', ['2024-02-30'], 'string', ['2024-02-30']],
  [
    'timestamps',
    ['2024-01-01 10:11:12', '2024-01-01 1:2:3'],
    'timestamp',
    ['2024-01-01 10:11:12', '2024-01-01 01:02:03'],
  ],
  ['timestamps with fractions and a space', ['2024-01-01 10:11:12.5'], 'string', ['2024-01-01 10:11:12.5']],
  [
    'ISO timestamps',
    ['2024-01-01T10:11:12', '2024-01-01T10'],
    'timestamp',
    ['2024-01-01 10:11:12', '2024-01-01 10:00:00'],
  ],
  ['ISO fractions', ['2024-01-01T10:11:12.123456'], 'timestamp', ['2024-01-01 10:11:12.123456']],
  ['compact ISO timestamps', ['20240101T101112'], 'timestamp', ['2024-01-01 10:11:12']],
  [
    'offsets',
    ['2024-01-01T10:11:12Z', '2024-01-01T00:11:12+02:00', '2024-01-01T10:11:12-0530'],
    'timestamp',
    ['2024-01-01 10:11:12', '2023-12-31 22:11:12', '2024-01-01 15:41:12'],
  ],
  ['dates among timestamps', ['2024-01-01', '2024-01-01 00:00:00'], 'string', ['2024-01-01', '2024-01-01 00:00:00']],
  [
    'two spellings of timestamps',
    ['2024-01-01 10:11:12', '2024-01-01T10:11:12'],
    'string',
    ['2024-01-01 10:11:12', '2024-01-01T10:11:12'],
  ],
  ['booleans', ['true', 'False', ''], 'boolean', [true, false, null]],
  ['zeros and ones', ['0', '1'], 'integer', [0, 1]],
  ['yes and no', ['yes', 'no'], 'string', ['yes', 'no']],
  ['times', ['10:11:12'], 'string', ['10:11:12']],
  ['texts', ['a', '  ', 'null', ' b '], 'string', ['a', null, null, ' b ']],
];

describe('types of seeds', () => {
  it.each(inferred)('%s', (_, texts, type, values) => {
    const found = inferSeedType(texts);
    expect(found).toBe(type);
    expect(texts.map((text) => readSeedValue(text, found))).toEqual(values);
  });

  it('a value that is none of the type is told from null', () => {
    expect(readSeedValue('abc', 'integer')).toBeUndefined();
    expect(readSeedValue('1.5', 'integer')).toBeUndefined();
    expect(readSeedValue('2024-13-01', 'date')).toBeUndefined();
    expect(readSeedValue('2024-01-01', 'timestamp')).toBe('2024-01-01 00:00:00');
    expect(readSeedValue('', 'date')).toBeNull();
  });
});

describe('a column whose type is declared', () => {
  it.each([
    ['timestamp', '2024-01-02 03:04', '2024-01-02 03:04:00'],
    ['timestamp', '2024-01-02 03:04:05.678', '2024-01-02 03:04:05.678'],
    ['timestamp', '2024-01-02 03:04:05+02', '2024-01-02 01:04:05'],
    ['timestamp', '2024-01-02', '2024-01-02 00:00:00'],
    ['timestamp', 'soon', undefined],
    ['date', '2024-01-02 03:04:05', '2024-01-02'],
    ['boolean', 'T', true],
    ['boolean', 'no', false],
    ['boolean', '1', true],
    ['boolean', '2', undefined],
  ] as const)('as %s takes %s for %s', (type, text, value) => {
    expect(readSeedValue(text, type)).toBe(value);
  });
});
