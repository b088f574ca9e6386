import { expect } from 'vitest';
import type { Lab } from './lab.ts';

/** Numeric columns are read into typed arrays. */
export function checkNumbers(lab: Lab): void {
  lab.test('columns become arrays in row order, null NaN', async () => {
    await lab.session.execute(
      `create table ${lab.render('numbers')} as select * from (values
          (1, cast(0.5 as double precision), cast(1.25 as numeric(10, 2)), true, cast(null as bigint)),
          (2, null, -2.5, false, 5)) as t (i, d, n, b, e)`,
    );
    const columns = await lab.session.readNumbers(`select * from ${lab.render('numbers')} order by i desc -- last`);
    expect(columns).toEqual([
      Float64Array.of(2, 1),
      Float64Array.of(Number.NaN, 0.5),
      Float64Array.of(-2.5, 1.25),
      Float64Array.of(0, 1),
      Float64Array.of(5, Number.NaN),
    ]);
  });

  lab.test('more rows than a block holds', async () => {
    const digits = '(values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9))';
    const sql = `
      select a.x + 10 * b.x + 100 * c.x + 1000 * d.x as n
      from ${digits} as a (x), ${digits} as b (x), ${digits} as c (x), ${digits} as d (x)
      order by 1`;
    const [numbers = new Float64Array()] = await lab.session.readNumbers(sql);
    expect(numbers).toEqual(Float64Array.from({ length: 10_000 }, (_, n) => n));
  });

  lab.test('no rows give empty arrays', async () => {
    expect(await lab.session.readNumbers('select 1 as a, 2 as b limit 0')).toEqual([
      new Float64Array(),
      new Float64Array(),
    ]);
  });
}
