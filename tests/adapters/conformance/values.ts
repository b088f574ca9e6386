import { expect } from 'vitest';
import type { CellValue } from '../../../orchestrator/manifest/results.ts';
import { type Lab, listNames } from './lab.ts';

/** Cells of every type read the same on every warehouse, and literals are what they say. */
export function checkValues(lab: Lab): void {
  lab.test('every type comes back as the same cell', async () => {
    const { rows } = await lab.session.query(`
      select true, cast(7 as smallint), 7, cast(7 as bigint), cast(9007199254740993 as bigint),
          cast(0.1 as real), cast(0.1 as double precision), cast(1.50 as numeric(10, 2)),
          cast(-0.05 as numeric(10, 2)), 'naïve ☃ 𝕏', date '2024-02-29', timestamp '2024-02-29 23:59:59.5',
          timestamp '2024-02-29 00:00:00', timestamp with time zone '2024-02-29 23:00:00+02', time '10:00:00',
          interval '1 year 2 months 3 days 4 hours', null, cast('NaN' as double precision)`);
    expect(rows).toEqual([
      [
        true,
        7,
        7,
        7,
        9007199254740993n,
        0.1,
        0.1,
        '1.50',
        '-0.05',
        'naïve ☃ 𝕏',
        '2024-02-29',
        '2024-02-29 23:59:59.5',
        '2024-02-29 00:00:00',
        '2024-02-29 21:00:00+00',
        '10:00:00',
        '1 year 2 mons 3 days 04:00:00',
        null,
        Number.NaN,
      ],
    ]);
  });

  lab.test('sums of integers and counts are numbers where that is exact', async () => {
    const rows = await lab.read('select sum(cast(x as integer)), count(*) from (values (1), (2)) as t (x)');
    expect(rows).toEqual([[3, 2]]);
  });

  lab.test('lists are JSON text', async () => {
    expect(await lab.read("select array[1, 2, null], array['a', 'b,c']")).toEqual([['[1,2,null]', '["a","b,c"]']]);
  });

  lab.test('literals of the dialect read back as they were', async () => {
    const values: CellValue[] = [null, true, 42, -1.5, "it's \\ \n ☃", 9007199254740993n, Number.NaN];
    const rows = await lab.read(`select ${values.map(lab.dialect.renderLiteral).join(', ')}`);
    expect(rows.map((row) => row.map((cell) => (cell === '-1.5' ? -1.5 : cell)))).toEqual([values]);
  });

  lab.test('the last of several statements answers', async () => {
    expect(await lab.read('select 1; select 2')).toEqual([[2]]);
  });

  lab.test('a query without rows has columns', async () => {
    const { columns, rows } = await lab.session.query("select 1 as id, 'x' as name limit 0");
    expect(listNames(columns)).toEqual(['id', 'name']);
    expect(rows).toEqual([]);
  });

  lab.test('no session depends on the time zone of the machine', async () => {
    expect(await lab.read("select cast(timestamp with time zone '2024-01-01 00:30:00+01' as date)")).toEqual([
      ['2023-12-31'],
    ]);
  });
}
