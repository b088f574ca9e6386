import { expect } from 'vitest';
import type { LogicalType } from '../../../orchestrator/dialects/dialect.ts';
import type { CellValue } from '../../../orchestrator/manifest/results.ts';
import type { Lab } from './lab.ts';

/** Rows loaded in bulk arrive typed and in order, or not at all. */
export function checkLoading(lab: Lab): void {
  const types: Readonly<Record<string, LogicalType>> = {
    flag: 'boolean',
    small: 'integer',
    big: 'bigint',
    ratio: 'float',
    amount: 'numeric',
    name: 'string',
    day: 'date',
    at: 'timestamp',
  };

  lab.test('cells given as text or as values arrive typed', async () => {
    const columns = await lab.createTable('typed', types);
    const rows: CellValue[][] = [
      [true, 1, 2, 0.5, '12.5', 'tab\tnewline\nback\\slash "quote"', '2024-02-29', '2024-02-29 23:59:59.123456'],
      ['false', '-1', 9007199254740993n, '-1e-3', '-0.0000005', '', '1969-12-31', '1969-12-31 23:59:59.5'],
      ['t', '0', '0', 'NaN', '1e3', '\\N', '2024-01-01', '2024-01-01T00:00:00'],
      [null, null, null, null, null, null, null, null],
    ];
    expect(await lab.session.load(lab.at('typed'), columns, rows)).toBe(4);
    expect(await lab.read(`select * from ${lab.render('typed')}`)).toEqual([
      [true, 1, 2, 0.5, '12.500000', 'tab\tnewline\nback\\slash "quote"', '2024-02-29', '2024-02-29 23:59:59.123456'],
      [false, -1, 9007199254740993n, -0.001, '-0.000001', '', '1969-12-31', '1969-12-31 23:59:59.5'],
      [true, 0, 0, Number.NaN, '1000.000000', '\\N', '2024-01-01', '2024-01-01 00:00:00'],
      [null, null, null, null, null, null, null, null],
    ]);
  });

  lab.test('10,000 rows in order, from a generator', async () => {
    const columns = await lab.createTable('many', { id: 'integer', label: 'string' });
    const rows = (function* () {
      for (let id = 0; id < 10_000; id++) yield [id, id % 10 === 0 ? null : `label ${id}`];
    })();
    expect(await lab.session.load(lab.at('many'), columns, rows)).toBe(10_000);
    const sums = 'select count(*), count(label), sum(id), min(label), max(label) from';
    expect(await lab.read(`${sums} ${lab.render('many')}`)).toEqual([
      [10_000, 9_000, 49_995_000, 'label 1', 'label 9999'],
    ]);
  });

  lab.test('a part of the columns in another order, and types that only the warehouse reads', async () => {
    await lab.session.execute(
      `create table ${lab.render('partial')} (id integer, doc json, starts_at time, name varchar)`,
    );
    const columns = [
      { name: 'name', type: 'varchar' },
      { name: 'starts_at', type: 'time' },
      { name: 'doc', type: 'json' },
    ];
    expect(await lab.session.load(lab.at('partial'), columns, [['x', '10:30:00', '{"a":1}']])).toBe(1);
    expect(await lab.read(`select * from ${lab.render('partial')}`)).toEqual([[null, '{"a":1}', '10:30:00', 'x']]);
  });

  lab.test('no rows', async () => {
    const columns = await lab.createTable('none', { id: 'integer' });
    expect(await lab.session.load(lab.at('none'), columns, [])).toBe(0);
  });

  lab.test('a bad cell fails with its column and value and leaves nothing', async () => {
    const columns = await lab.createTable('bad', { id: 'integer' });
    const rows = [...Array.from({ length: 5_000 }, (_, id) => [id]), ['seven']];
    await expect(lab.session.load(lab.at('bad'), columns, rows)).rejects.toMatchObject({
      code: 'database-error',
      message: expect.stringMatching(/(?=.*5001)(?=.*\bid\b)(?=.*"seven")/s),
    });
    expect(await lab.read(`select count(*) from ${lab.render('bad')}`)).toEqual([[0]]);
  });
}
