import { describe, expect, it } from 'vitest';
import { findCellWriter } from '../../../orchestrator/adapters/bigquery-cells.ts';
import type { CellValue } from '../../../orchestrator/manifest/results.ts';

const write = (type: string, cell: Exclude<CellValue, null>) => findCellWriter(type)(cell);

describe('a cell in a line of JSON for BigQuery', () => {
  it.each([
    ['BOOL', 't', 'true'],
    ['BOOL', ' No ', 'false'],
    ['BOOL', false, 'false'],
    ['INT64', 9007199254740993n, '"9007199254740993"'],
    ['INT64', ' +12 ', '"12"'],
    ['FLOAT64', '-1e-3', '-0.001'],
    ['FLOAT64', 0.1, '0.1'],
    ['FLOAT64', 'nan', '"NaN"'],
    ['FLOAT64', '-inf', '"-Infinity"'],
    ['FLOAT64', Number.POSITIVE_INFINITY, '"Infinity"'],
    ['NUMERIC', '-0.0000005', '"-0.0000005"'],
    ['NUMERIC', '1e3', '"1e3"'],
    ['DATE', '2024-2-9', '"2024-02-09"'],
    ['DATETIME', '2024-02-29', '"2024-02-29T00:00:00"'],
    ['DATETIME', '2024-02-29T23:59', '"2024-02-29T23:59:00"'],
    ['TIMESTAMP', '2024-02-29 23:59:59.123456789', '"2024-02-29T23:59:59.123456Z"'],
    ['TIMESTAMP', '2024-03-01 00:30:00.5+01', '"2024-02-29T23:30:00.5Z"'],
    ['TIMESTAMP', '1969-12-31 20:00:00-04:30', '"1970-01-01T00:30:00Z"'],
    ['BYTES', '\\x0001ff', '"AAH/"'],
    ['BYTES', 'ab', '"YWI="'],
    ['JSON', '{"big": 9007199254740993,\n "a": "x"}', '{"big": 9007199254740993,  "a": "x"}'],
    ['STRING', 'a "b"\n', '"a \\"b\\"\\n"'],
    ['STRING', 7, '"7"'],
    ['TIME', '10:30:00', '"10:30:00"'],
  ] as const)('%s %o is %s', (type, cell, json) => {
    expect(write(type, cell)).toBe(json);
  });

  it.each([
    ['BOOL', 'maybe', '"maybe" is not a boolean'],
    ['INT64', '1.5', '"1.5" is not an integer'],
    ['FLOAT64', '', '"" is not a number'],
    ['NUMERIC', 'NaN', '"NaN" is not a decimal number'],
    ['DATE', '2023-02-29', '"2023-02-29" is not a date (YYYY-MM-DD)'],
    ['DATE', '29.02.2024', '"29.02.2024" is not a date (YYYY-MM-DD)'],
    ['TIMESTAMP', '2024-02-30 00:00:00', '"2024-02-30 00:00:00" is not a timestamp (YYYY-MM-DD HH:MM:SS)'],
    ['TIMESTAMP', '2024-02-29 24:00:00', '"2024-02-29 24:00:00" is not a timestamp (YYYY-MM-DD HH:MM:SS)'],
    ['JSON', '{a}', '"{a}" is not JSON'],
  ] as const)('%s refuses %j', (type, cell, message) => {
    expect(() => write(type, cell)).toThrow(message);
  });
});
