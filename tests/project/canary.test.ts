import { afterAll, describe, expect, it } from 'vitest';
import { BuiltProject } from './built-project.ts';

const known = `id,customer,bought_at,value,loaded
1,a,2025-01-05 10:00:00,10,2025-01-05 10:05:00
2,b,2025-01-20 09:00:00,20,2025-01-20 09:05:00
3,a,2025-02-10 12:00:00,30,2025-02-10 12:05:00
`;
/** Dated after the day, landed after it, or a later version of a row that was known. */
const later = `4,c,2025-03-01 00:00:00,99,2025-03-01 00:00:00
5,b,2025-02-20 08:00:00,99,2025-03-01 00:00:01
3,a,2025-02-10 12:00:00,99,2025-03-04 06:00:00
`;
const tables = ['fct_orders', 'fct_rfm_scores', 'fct_cohort_retention', 'rpt_cohort_triangle'];

describe('rows dated or landed after as_of', () => {
  const projects = [new BuiltProject(), new BuiltProject()];
  afterAll(() => {
    for (const project of projects) project.remove();
  });

  it('change no table of that day', async () => {
    const contents = projects.map((project, i) => {
      const file = project.write('orders.csv', i === 0 ? known : known + later);
      project.build(`
        sources_enabled: {commerce: true}
        demo_data: false
        as_of_date: '2025-03-01'
        orders_file: ${file}
        orders_columns: {order_id: id, account_id: customer, ordered_at: bought_at, gross_amount: value, _loaded_at: loaded}
      `);
      return Promise.all(tables.map((table) => project.query(`select * from ${table} order by all`)));
    });
    const [before, after] = await Promise.all(contents);
    expect(before?.[0]).toHaveLength(3);
    expect(after).toEqual(before);
  });
});
