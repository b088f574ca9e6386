import { describe, expect, it } from 'vitest';
import { formatTable, toRecords } from '../../../orchestrator/cli/table.ts';
import type { ResultTable } from '../../../orchestrator/manifest/results.ts';

const table: ResultTable = {
  columns: [
    { name: 'id', type: 'bigint' },
    { name: 'name', type: 'varchar' },
    { name: 'ok', type: 'boolean' },
  ],
  rows: [
    [1n, 'Grün & Söhne', true],
    [20_000n, null, false],
    [null, 'two\nlines', null],
  ],
};

describe('formatTable', () => {
  it('puts numbers to the right and leaves null empty', () => {
    expect(formatTable(table)).toBe(
      [
        '|    id | name         | ok    |',
        '| ----- | ------------ | ----- |',
        '|     1 | Grün & Söhne | true  |',
        '| 20000 |              | false |',
        '|       | two\\nlines   |       |',
      ].join('\n'),
    );
  });

  it('cuts long texts where there is a width', () => {
    expect(formatTable({ columns: [{ name: 'a', type: 'varchar' }], rows: [['abcdefgh']] }, 5)).toBe(
      ['| a     |', '| ----- |', '| abcd… |'].join('\n'),
    );
  });

  it('shows the columns of an empty table', () => {
    expect(formatTable({ columns: [{ name: 'a', type: 'int' }], rows: [] })).toBe('| a |\n| - |');
  });
});

describe('toRecords', () => {
  it('keeps integers exact', () => {
    const columns = [{ name: 'n', type: 'bigint' }];
    expect(toRecords({ columns, rows: [[7n], [9_007_199_254_740_993n], [0.5], [null]] })).toEqual([
      { n: 7 },
      { n: '9007199254740993' },
      { n: 0.5 },
      { n: null },
    ]);
  });
});
